using System.Text.RegularExpressions;

namespace Otp.Targets;

/// <summary>The regular expressions of the numbering plan's data file, each made when a number first needs it.</summary>
internal static class DigitExpression
{
    /// <summary>An expression that is matched at the start of a few digits.</summary>
    /// <remarks>
    /// The plan's expressions repeat nothing without bound and <see cref="PhoneNumber"/> bounds the digits, so backtracking is
    /// bounded too. The non-backtracking engine would take tens of milliseconds to get ready.
    /// </remarks>
#pragma warning disable MA0009 // The remark says why no input makes these slow.
    public static Regex AtStart(string expression) => new($"^(?:{expression})", RegexOptions.CultureInvariant);
#pragma warning restore MA0009
}
