using System.Collections.Immutable;
using Otp.Fraud;
using Otp.Gateway.Http;
using Otp.Gateway.Loyalife;
using Otp.Members;
using Otp.Targets;

namespace Otp.Gateway.Admin;

/// <summary>A member as operators see it.</summary>
/// <param name="RelationReference">The program's own name for the member (CID).</param>
/// <param name="Email">The e-mail address, in lower case.</param>
/// <param name="Phone">The phone number, in E.164.</param>
/// <param name="Channel">Where codes go.</param>
/// <param name="Locale">The language tag of the messages; null leaves it to the program.</param>
internal sealed record MemberAnswer(string RelationReference, string? Email, string? Phone, Channel Channel, string? Locale)
{
    public static MemberAnswer Of(Member member) => new(member.RelationReference, member.Email, member.Phone, member.Channel, member.Locale);

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(MemberAnswer);
}

/// <summary>What is remembered of a target; no secret is in it.</summary>
/// <param name="Channel">How the target is reached.</param>
/// <param name="Windows">Every limit on sends.</param>
/// <param name="Codes">The live codes, one a purpose.</param>
/// <param name="WrongGuesses">Consecutive wrong guesses, across codes.</param>
/// <param name="LockedUntil">When the lockout ends by itself; null where there is none.</param>
/// <param name="OpenSessions">How many sessions of its customer are open.</param>
internal sealed record TargetReportAnswer(
    Channel Channel, ImmutableArray<WindowReport> Windows, ImmutableArray<CodeReport> Codes, int WrongGuesses, DateTimeOffset? LockedUntil, int OpenSessions)
{
    public static TargetReportAnswer Of(Channel channel, TargetReport report) =>
        new(channel, report.Windows, report.Codes, report.WrongGuesses, report.LockedUntil, report.OpenSessions);
}

/// <summary>Whether there was a lockout to lift.</summary>
internal sealed record UnlockAnswer(bool WasLocked);

/// <summary>The blocked prefixes of a program.</summary>
/// <param name="Prefixes">The latest first.</param>
internal sealed record BlockedPrefixesAnswer(ImmutableArray<BlockedPrefix> Prefixes);

/// <summary>What is counted of a prefix in the last hour.</summary>
/// <param name="Prefix">The prefix: a plus, the calling code, and further digits.</param>
/// <param name="Sends">Codes that were sent to it.</param>
/// <param name="Conversions">How many of them were verified.</param>
/// <param name="BlockedUntil">When the block ends by itself; null where there is none.</param>
internal sealed record PrefixAnswer(string Prefix, int Sends, int Conversions, DateTimeOffset? BlockedUntil)
{
    public static PrefixAnswer Of(string prefix, PrefixReport report) => new(prefix, report.Sends, report.Conversions, report.BlockedUntil);
}

/// <summary>Source-generated JSON of the operators' calls.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MemberAnswer))]
[JsonSerializable(typeof(TargetReportAnswer))]
[JsonSerializable(typeof(UnlockAnswer))]
[JsonSerializable(typeof(BlockedPrefixesAnswer))]
[JsonSerializable(typeof(PrefixAnswer))]
internal sealed partial class AdminJson : JsonSerializerContext
{
    /// <summary>The context that answers are written with: channels and purposes by the names that callers use.</summary>
    public static AdminJson Answers { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = HttpText.Encoder,
        Converters = { new JsonStringEnumConverter<Channel>(JsonNamingPolicy.CamelCase), new OtpTypeConverter() },
    });
}
