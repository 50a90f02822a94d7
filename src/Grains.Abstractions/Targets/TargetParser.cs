using System.Diagnostics.CodeAnalysis;

namespace Orleans.Otp.Targets;

/// <summary>Turns what a caller wrote into a <see cref="Target"/>, or refuses it.</summary>
public static class TargetParser
{
    /// <summary>Reads an e-mail address or a phone number.</summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="defaultRegion">ISO 3166 alpha-2 region that national numbers are read in; without one they are refused.</param>
    /// <param name="target">The target in canonical form, when the answer is true.</param>
    public static bool TryParse(string? text, string? defaultRegion, [NotNullWhen(true)] out Target? target) =>
        throw new NotSupportedException();
}
