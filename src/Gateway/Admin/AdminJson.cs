using Otp.Gateway.Http;
using Otp.Gateway.Loyalife;
using Otp.Targets;

namespace Otp.Gateway.Admin;

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
        Converters = { new JsonStringEnumConverter<Channel>(JsonNamingPolicy.CamelCase), new OtpTypeConverter() },
    });
}
