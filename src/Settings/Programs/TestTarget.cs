namespace Otp.Programs;

/// <summary>A target whose code is fixed and not delivered.</summary>
/// <param name="Code">The code.</param>
/// <param name="ExpiresAt">The first instant, in UTC ticks, at which the target is like any other.</param>
public sealed record TestTarget(string Code, long ExpiresAt)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(TestTarget);
}
