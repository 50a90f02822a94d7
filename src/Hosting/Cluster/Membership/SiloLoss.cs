namespace Otp.Hosting.Cluster.Membership;

/// <summary>
/// Tells whoever waits for an answer that a silo may be gone with it: Orleans lets a call wait for its whole time-out, because nobody
/// tells a client what has become of the silo that it called.
/// </summary>
#pragma warning disable CA1001 // A source without a timer holds nothing that must be disposed of, and whoever waits may still look at it.
public sealed class SiloLoss
#pragma warning restore CA1001
{
    private CancellationTokenSource _next = new();

    /// <summary>Cancelled when the next silo is lost.</summary>
    public CancellationToken Next => Volatile.Read(ref _next).Token;

    /// <summary>A silo, or the connection to one, is lost.</summary>
    public void Report() => Interlocked.Exchange(ref _next, new CancellationTokenSource()).Cancel();
}
