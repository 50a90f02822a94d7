using System.Text.Json.Serialization;

namespace Otp.Echo;

internal sealed record EchoBody(string? Target);

/// <summary>Source-generated JSON of the echo.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EchoBody))]
internal sealed partial class EchoJson : JsonSerializerContext;
