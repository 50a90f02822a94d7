using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Hosting;

/// <summary>Serves on for <c>Otp:DrainTime</c> after the process was told to stop, so that balancers notice. Everything else stops after it.</summary>
public sealed class Drain(IOptions<OtpOptions> options, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _hasBegun;

    /// <summary>Whether the process was told to stop.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Cancelled when the time is over: the process is about to stop its server.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Waits, but not in a process that could not start: it serves nobody.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        if (lifetime.ApplicationStarted.IsCancellationRequested)
        {
            await Task.Delay(options.Value.DrainTime, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _ended.CancelAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _ended.Dispose();
}
