using Otp.Text;

namespace Otp.Members;

/// <summary>A program's own name for a member (CID): what makes two of them one.</summary>
public static class RelationReference
{
    /// <summary>The longest, in UTF-16 code units.</summary>
    public const int MaxLength = 255;

    /// <summary>Reads 1–255 characters without controls, cleaned (<see cref="PastedText"/>); case counts. Null for anything else.</summary>
    public static string? Parse(string text)
    {
        var clean = PastedText.Clean(text);
        return clean.Length is > 0 and <= MaxLength && !clean.Any(char.IsControl) ? clean : null;
    }
}
