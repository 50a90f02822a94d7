using System.Text.Json;
using Otp.Delivery;

namespace Otp.Grains.Tests.Events;

/// <summary>An event as an endpoint got it, its signature checked.</summary>
internal sealed record ReceivedEvent(string Id, string Type, DateTimeOffset Timestamp, JsonElement Data, ReceivedRequest Request)
{
    public long Sequence => Data.GetProperty("sequence").GetInt64();

    public static ReceivedEvent Of(ReceivedRequest request, string secret = WebhookDelivery.Secret)
    {
        Assert.Equal(("POST", "application/json"), (request.Method, request.Headers["Content-Type"]));
        Assert.True(StandardWebhook.Verify(secret, request));
        using var json = JsonDocument.Parse(request.Body);
        var root = json.RootElement.Clone();
        return new ReceivedEvent(
            request.Headers["webhook-id"], root.GetProperty("type").GetString()!, root.GetProperty("timestamp").GetDateTimeOffset(), root.GetProperty("data"), request);
    }

    public string? Text(string member) => Data.TryGetProperty(member, out var value) ? value.GetString() : null;
}
