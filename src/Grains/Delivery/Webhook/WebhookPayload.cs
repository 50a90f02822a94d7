using System.Text.Json.Serialization;

namespace Otp.Delivery;

/// <summary>
/// What a webhook is sent: <c>{"type":"otp.message","timestamp":"2026-01-01T12:00:00+00:00","data":{…}}</c>, of which
/// <see cref="WebhookMessage"/> is the data.
/// </summary>
/// <param name="Type">Always <c>otp.message</c>.</param>
/// <param name="Timestamp">When the message was composed (ISO 8601).</param>
/// <param name="Data">The message.</param>
internal sealed record WebhookPayload(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("timestamp")] DateTimeOffset Timestamp,
    [property: JsonPropertyName("data")] WebhookMessage Data)
{
    /// <summary>The type alone: the data holds a code and an address.</summary>
    public override string ToString() => Type;
}
