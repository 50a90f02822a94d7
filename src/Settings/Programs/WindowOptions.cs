namespace Otp.Programs;

/// <summary>A rolling span and the number of sends it allows.</summary>
public sealed class WindowOptions
{
    /// <summary>The name that <c>RateLimit</c> headers carry: 1–32 ASCII letters, digits, <c>_</c> and <c>-</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Sends that the span allows, 1–1000.</summary>
    public int Limit { get; set; }

    /// <summary>The span's length, 1 s to 31 days.</summary>
    public TimeSpan Period { get; set; }
}
