using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>A test's hold on a silo in its own process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private int _stopped;
    private int _disposed;

    public IHost SiloHost { get; init; } = null!;

    public IServiceProvider ServiceProvider => SiloHost.Services;

    public override bool IsActive => Volatile.Read(ref _stopped) == 0;

    /// <summary>Stops the host, once; an ungraceful stop is one whose time is up from the start.</summary>
    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
            await SiloHost.StopAsync(new CancellationToken(canceled: !stopGracefully));
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        try
        {
            await StopSiloAsync(stopGracefully: true);
        }
        finally
        {
            SiloHost.Dispose();
            GC.SuppressFinalize(this);
        }
    }
}
