using Otp.Targets;
using Otp.Text;

namespace Otp.Members;

/// <summary>A person whom a program knows, and how it reaches that person.</summary>
/// <param name="RelationReference">The program's own, unchanging name for the member (CID).</param>
/// <param name="Email">Canonical e-mail address; null for none. It belongs to no other member of the program.</param>
/// <param name="Phone">Phone number in E.164; null for none.</param>
/// <param name="Channel">The registered channel: where codes go.</param>
/// <param name="Locale">The language of messages (BCP 47); null leaves it to the program.</param>
[GenerateSerializer, Immutable, Alias("otp.Member")]
public sealed record Member(
    [property: Id(0)] string RelationReference,
    [property: Id(1)] string? Email,
    [property: Id(2)] string? Phone,
    [property: Id(3)] Channel Channel,
    [property: Id(4)] string? Locale)
{
    /// <summary>Where the member is reached on a channel; null for nowhere.</summary>
    public Target? TargetOn(Channel channel) => channel switch
    {
        Channel.Email => Email is null ? null : new Target(channel, Email),
        Channel.Phone => Phone is null ? null : new Target(channel, Phone),
    };

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(Member);
}

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
