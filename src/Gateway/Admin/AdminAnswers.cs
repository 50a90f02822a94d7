using System.Collections.Immutable;
using Otp.Delivery;
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
/// <param name="Sends">What became of the messages of the last ten minutes, at most of eight sends and guesses.</param>
internal sealed record TargetReportAnswer(
    Channel Channel,
    ImmutableArray<WindowReport> Windows,
    ImmutableArray<CodeReport> Codes,
    int WrongGuesses,
    DateTimeOffset? LockedUntil,
    int OpenSessions,
    ImmutableArray<SendReport> Sends)
{
    public static TargetReportAnswer Of(Channel channel, TargetReport report) =>
        new(channel, report.Windows, report.Codes, report.WrongGuesses, report.LockedUntil, report.OpenSessions, report.Sends.IsDefault ? [] : report.Sends);
}

/// <summary>Whether there was a lockout to lift.</summary>
internal sealed record UnlockAnswer(bool WasLocked);

/// <summary>Source-generated JSON of the operators' calls.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MemberAnswer))]
[JsonSerializable(typeof(TargetReportAnswer))]
[JsonSerializable(typeof(UnlockAnswer))]
internal sealed partial class AdminJson : JsonSerializerContext
{
    /// <summary>The context that answers are written with: channels and purposes by the names that callers use.</summary>
    public static AdminJson Answers { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = HttpText.Encoder,
        Converters =
        {
            new JsonStringEnumConverter<Channel>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<DeliveryState>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<UndeliveredReason>(JsonNamingPolicy.CamelCase),
            new OtpTypeConverter(),
        },
    });
}
