using System.Collections.Immutable;
using Orleans.Otp.Delivery;
using Orleans.Otp.Gateway.Http;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Gateway.Operations;

/// <summary>Source-generated JSON of the operations' endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableArray<InboxMessage>))]
internal sealed partial class OperationsJson : JsonSerializerContext
{
    /// <summary>The context that the inbox is written with: channels by name.</summary>
    public static OperationsJson Inbox { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = HttpText.Encoder,
        Converters = { new JsonStringEnumConverter<Channel>(JsonNamingPolicy.CamelCase) },
    });
}
