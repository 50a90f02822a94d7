using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Otp;

/// <summary>
/// A clock that stands at noon of the first day of 2026 until a test moves it. It tells when a timer is set, which a
/// <see cref="FakeTimeProvider"/> does not: only then does the code under test wait, and the test may move the clock.
/// </summary>
public sealed class ManualTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _set.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Completes once another timer is made that is due after the time.</summary>
    public async Task WaitForTimerAsync(TimeSpan dueTime, CancellationToken ct)
    {
        while (await _set.Reader.ReadAsync(ct) != dueTime)
        {
        }
    }
}
