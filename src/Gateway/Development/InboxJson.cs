using System.Collections.Immutable;
using Otp.Delivery;

namespace Otp.Gateway.Development;

/// <summary>Source-generated JSON of the inbox.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableArray<InboxMessage>))]
internal sealed partial class InboxJson : JsonSerializerContext
{
    /// <summary>The context that the inbox is written with: channels by name.</summary>
    public static InboxJson Messages { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = HttpText.Encoder,
        Converters = { new JsonStringEnumConverter<Channel>(JsonNamingPolicy.CamelCase) },
    });
}
