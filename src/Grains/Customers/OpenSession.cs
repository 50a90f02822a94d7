using System.Text.Json.Serialization;

namespace Otp.Customers;

/// <summary>A session of a customer.</summary>
/// <param name="Key">The key of its grain.</param>
/// <param name="ExpiresAt">Its end, in UTC ticks.</param>
public sealed record OpenSession(
    [property: JsonPropertyName("k")] string Key,
    [property: JsonPropertyName("e")] long ExpiresAt);
