namespace Otp.Gateway.Auth;

/// <summary>Source-generated JSON of the token endpoint.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class AuthJson : JsonSerializerContext;
