using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp.Delivery;

/// <summary>What delivery reads of an answer of Twilio's Messages API: a message, or an error.</summary>
/// <param name="Status">A message's status (<c>queued</c>, <c>failed</c>, …); an error's is its HTTP status.</param>
/// <param name="Code">An error's number.</param>
/// <param name="ErrorCode">The number of the error that a message failed with.</param>
internal sealed record TwilioAnswer(
    [property: JsonPropertyName("status")] JsonElement Status,
    [property: JsonPropertyName("code")] int? Code,
    [property: JsonPropertyName("error_code")] int? ErrorCode)
{
    /// <summary>The number of the error; null when there is none.</summary>
    public int? Error => Code ?? ErrorCode;

    /// <summary>Whether the message has failed already.</summary>
    public bool IsFailed => Status.ValueKind == JsonValueKind.String && Status.GetString() is "failed" or "undelivered" or "canceled";

    /// <summary>Reads an answer; null when it is none of Twilio's.</summary>
    public static TwilioAnswer? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, TwilioJson.Default.TwilioAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
