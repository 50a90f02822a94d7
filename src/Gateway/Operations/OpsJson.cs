using Otp.Gateway.Http;
using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>Source-generated JSON of the figures.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OpsView))]
internal sealed partial class OpsJson : JsonSerializerContext
{
    /// <summary>The context that figures are written with: roles and states by name.</summary>
    public static OpsJson Figures { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = HttpText.Encoder,
        Converters =
        {
            new JsonStringEnumConverter<ProcessRole>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ProcessState>(JsonNamingPolicy.CamelCase),
        },
    });
}
