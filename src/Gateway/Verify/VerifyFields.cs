using System.Net;
using System.Text.RegularExpressions;
using Otp.Text;
using Otp.Verifications;

namespace Otp.Gateway.Verify;

/// <summary>The fields of the forms.</summary>
internal static partial class VerifyFields
{
    private const int LeastDigits = 4;
    private const int MostDigits = 10;
    private const int MostTags = 10;
    private const int LongestTag = 128;

    public static readonly TextField To = new("To") { MinLength = 1, MaxLength = TargetParser.MaxTextLength };
    public static readonly TextField Channel = new("Channel") { OneOf = ChannelNames.All };

    public static readonly TextField Locale = new("Locale")
    {
        MaxLength = 35,
        Fault = static text => LanguageTag().IsMatch(text) ? null : "not a language tag like pt or pt-BR",
    };

    public static readonly TextField CustomFriendlyName = new("CustomFriendlyName") { MaxLength = 30 };
    public static readonly TextField CustomCode = new("CustomCode") { Fault = DigitsFault };
    public static readonly TextField Code = new("Code") { Fault = DigitsFault };
    public static readonly TextField Amount = new("Amount") { MaxLength = 32 };
    public static readonly TextField Payee = new("Payee") { MaxLength = 64 };
    public static readonly TextField VerificationSid = new("VerificationSid") { Fault = SidFault };
    public static readonly TextField Status = new("Status") { OneOf = [VerificationStatus.Canceled, VerificationStatus.Approved] };
    public static readonly TextField CustomMessage = new("CustomMessage");

    /// <summary>Hints: they are checked, and change nothing.</summary>
    public static readonly TextField[] Hints =
    [
        new("Tags") { Fault = TagsFault },
        new("DeviceIp") { Fault = static text => IPAddress.TryParse(text, out _) ? null : "not an IP address" },
        new("RiskCheck") { OneOf = ["enable", "disable"] },
    ];

    /// <summary>What would change the message or the limits, and is not there: such a call is refused rather than done otherwise than it says.</summary>
    public static readonly TextField[] NotSupported =
    [
        new("RateLimits"), new("ChannelConfiguration"), new("AppHash"), new("SendDigits"), new("TemplateSid"), new("TemplateCustomSubstitutions"),
        new("Templates"), new("EnableSnaClientToken") { OneOf = ["true", "false"] },
    ];

    /// <summary>A code as people paste it: its digits.</summary>
    public static string DigitsOf(string code) => PastedText.WithoutSeparators(PastedText.Clean(code));

    private static string? DigitsFault(string text)
    {
        var digits = DigitsOf(text);
        return digits.Length is >= LeastDigits and <= MostDigits && !digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? null
            : $"not {LeastDigits} to {MostDigits} digits";
    }

    private static string? SidFault(string text) => VerificationIndex.TryReadSid(text, out _) ? null : "not the SID of a verification";

    private static string? TagsFault(string text)
    {
        const string Fault = "not a JSON object of at most 10 texts of at most 128 characters";
        try
        {
            using var tags = JsonDocument.Parse(text);
            return tags.RootElement.ValueKind == JsonValueKind.Object
                && tags.RootElement.GetPropertyCount() <= MostTags
                && tags.RootElement.EnumerateObject().All(IsTag)
                ? null
                : Fault;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or text with a surrogate that has no partner.
            return Fault;
        }
    }

    private static bool IsTag(JsonProperty tag) =>
        tag.Name.Length <= LongestTag && tag.Value.ValueKind == JsonValueKind.String && tag.Value.GetString()!.Length <= LongestTag;

    [GeneratedRegex(@"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguageTag();
}
