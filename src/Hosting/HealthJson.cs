using System.Text.Json.Serialization;

namespace Otp.Hosting;

/// <summary>Source-generated JSON of the health endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
