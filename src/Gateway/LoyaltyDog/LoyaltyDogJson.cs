namespace Otp.Gateway.LoyaltyDog;

/// <summary>Source-generated JSON of the LoyaltyDog surface.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class LoyaltyDogJson : JsonSerializerContext
{
    /// <summary>The context that answers are written with.</summary>
    public static LoyaltyDogJson Answers { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = HttpText.Encoder });
}
