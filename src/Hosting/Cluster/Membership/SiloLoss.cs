namespace Otp.Hosting.Cluster.Membership;

/// <summary>Tells callers in flight that a silo is lost, which Orleans does not: a call would wait for its whole time-out.</summary>
#pragma warning disable CA1001 // A source without a timer holds nothing to dispose of, and a caller in flight may still use its token.
public sealed class SiloLoss
#pragma warning restore CA1001
{
    private CancellationTokenSource _next = new();

    /// <summary>Cancelled when the next silo is lost.</summary>
    public CancellationToken Next => Volatile.Read(ref _next).Token;

    /// <summary>A silo, or the connection to one, is lost.</summary>
    public void Report() => Interlocked.Exchange(ref _next, new CancellationTokenSource()).Cancel();
}
