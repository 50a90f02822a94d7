using Otp.Gateway.Operations;

namespace Otp.Gateway.Tests.Operations;

/// <summary>What the page costs a program's grains, however many watch, and what it shows while they do not answer.</summary>
public sealed class ProgramStatesTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly ManualTimeProvider _time = new();
    private readonly ProgramStates _states;
    private Func<string, Task<ProgramState>> _read = static program => Task.FromResult(Named(program));
    private int _begun;
    private int _ended;

    public ProgramStatesTests() => _states = new ProgramStates(
        async program =>
        {
            Interlocked.Increment(ref _begun);
            try
            {
                return await _read(program);
            }
            finally
            {
                Interlocked.Increment(ref _ended);
            }
        },
        _time);

    [Fact]
    public async Task Program_is_read_every_five_seconds_at_most()
    {
        await ReadAsync("acme");
        for (var i = 1; i < ProgramStates.Interval / Tick; i++)
        {
            _time.Advance(Tick);
            Assert.Equal("acme", _states.Find("acme")!.Program);
        }

        Assert.Equal(1, _begun);
        _time.Advance(Tick);
        _states.Find("acme");
        await UntilAsync(() => _ended == 2);
    }

    [Fact]
    public async Task Program_for_which_nobody_asks_is_not_read()
    {
        await ReadAsync("acme");
        _time.Advance(ProgramStates.Interval * 10);
        await ReadAsync("globex");

        Assert.Equal(2, _begun);
    }

    [Fact]
    public async Task Reading_that_takes_long_is_not_begun_again()
    {
        var answer = new TaskCompletionSource<ProgramState>();
        _read = _ => answer.Task;
        for (var i = 0; i < 3 * ProgramStates.Interval / Tick; i++)
        {
            Assert.Null(_states.Find("acme"));
            _time.Advance(Tick);
        }

        answer.SetResult(Named("acme"));
        await UntilAsync(() => _states.Find("acme") is not null);
        Assert.InRange(_begun, 1, 2);
    }

    [Fact]
    public async Task What_was_read_before_a_fault_is_shown_and_read_again()
    {
        await ReadAsync("acme");
        _read = static _ => Task.FromException<ProgramState>(new IOException("gone"));
        for (var i = 0; i < ProgramStates.Interval / Tick; i++)
        {
            _time.Advance(Tick);
            _states.Find("acme");
        }

        await UntilAsync(() => _ended == 2);
        Assert.NotNull(_states.Find("acme"));
    }

    [Fact]
    public async Task What_nobody_has_asked_for_is_not_shown_to_whoever_comes()
    {
        await ReadAsync("acme");
        _read = static _ => new TaskCompletionSource<ProgramState>().Task;

        _time.Advance(ProgramStates.Interval);

        Assert.Null(_states.Find("acme"));
    }

    private static ProgramState Named(string program) => new(program, Events: null, Blocked: null);

    private Task ReadAsync(string program) => UntilAsync(() => _states.Find(program) is not null);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
