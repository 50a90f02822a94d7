using System.Globalization;

namespace Orleans;

/// <summary>How long a caller of this method, or of any method of this interface, waits for the answer.</summary>
/// <param name="timeout">A <see cref="TimeSpan"/> in its invariant text form, e.g. <c>00:00:05</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    public TimeSpan? Timeout { get; set; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
