using System.Text.Encodings.Web;
using Otp.Delivery;
using Otp.Gateway.Admin;
using Otp.Gateway.Loyalife;
using Otp.Gateway.LoyaltyDog;
using Otp.Gateway.Verify;
using Otp.Hosting;
using Otp.Members;

namespace Otp.Gateway.Http;

/// <summary>Source-generated JSON of every answer, whatever the surface.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Detail))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(LoyalifeAnswer))]
[JsonSerializable(typeof(LoyalifeTokenAnswer))]
[JsonSerializable(typeof(VerificationAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(ServiceAnswer))]
[JsonSerializable(typeof(VerifyError))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(TargetReportAnswer))]
[JsonSerializable(typeof(UnlockAnswer))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(BlockedPrefixesAnswer))]
[JsonSerializable(typeof(PrefixAnswer))]
[JsonSerializable(typeof(ImmutableArray<InboxMessage>))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>Escapes what JSON demands and no more: answers are read by JSON parsers, never put into HTML as they are.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The context that answers are written with.</summary>
    public static AnswerJson Answers { get; } = new(Configure(new JsonSerializerOptions()));

    /// <summary>Sets how answers are written: channels, purposes and states by the names that callers use.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = Encoder;
        options.Converters.Add(new JsonStringEnumConverter<Channel>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<DeliveryState>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new JsonStringEnumConverter<UndeliveredReason>(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new OtpTypeConverter());
        return options;
    }
}
