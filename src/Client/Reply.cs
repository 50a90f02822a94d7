using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Otp.Client;

/// <summary>What came back from the service; <see cref="Status"/> 0 if nothing did.</summary>
internal sealed record Reply(int Status, bool IsJson, byte[] Body, TimeSpan? RetryAfter, string? RateLimit)
{
    public static Reply None { get; } = new(0, false, [], null, null);

    /// <summary>Whether nobody knows what became of the request. A 502 in JSON is the service's own: no provider took the message.</summary>
    public bool IsUnknown => Status is 0 or 500 or 503 or 504 || (Status is 502 && !IsJson);

    /// <summary>The body as <typeparamref name="T"/>; null if it is something else.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return IsJson ? JsonSerializer.Deserialize(Body, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong, in the words of whichever API it is; a list of faults as it stands.</summary>
    public string Error() => Read(ClientJson.Default.ErrorBody) switch
    {
        { Detail: { ValueKind: JsonValueKind.String } detail } => detail.GetString()!,
        { Detail: { ValueKind: not JsonValueKind.Undefined } faults } => faults.GetRawText(),
        { Message: { } message } => message,
        { Results.ExceptionMessage: { } message } => message,
        _ => Status == 0 ? "The service did not answer." : $"The service answered with status {Status}.",
    };
}
