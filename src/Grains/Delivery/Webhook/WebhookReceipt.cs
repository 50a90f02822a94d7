using System.Text.Json;

namespace Otp.Delivery;

/// <summary>Reads the reports of webhooks: <c>{"status":"delivered"}</c>, or <c>{"status":"undelivered","reason":"blocked"}</c>.</summary>
internal static class WebhookReceipt
{
    public static ReceiptReading Read(WebhookSignature signature, ReceiptRequest request)
    {
        if (!signature.IsSigned(request.Id, request.Timestamp, request.Signature, request.Body.AsSpan()))
        {
            return new ReceiptReading(ReceiptStatus.Forged);
        }

        try
        {
            var body = JsonElement.Parse(request.Body.AsSpan());
            return StateOf(body.Text("status")) is { } state
                ? new ReceiptReading(ReceiptStatus.Taken, state, state == DeliveryState.Undelivered ? ReasonOf(body.Text("reason")) : UndeliveredReason.Unknown)
                : new ReceiptReading(ReceiptStatus.Malformed);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or text with a surrogate that has no partner.
            return new ReceiptReading(ReceiptStatus.Malformed);
        }
    }

    private static DeliveryState? StateOf(string? status) => status switch
    {
        "queued" => DeliveryState.Queued,
        "sent" => DeliveryState.Sent,
        "delivered" => DeliveryState.Delivered,
        "undelivered" => DeliveryState.Undelivered,
        _ => null,
    };

    private static UndeliveredReason ReasonOf(string? reason) => reason switch
    {
        "unreachable" => UndeliveredReason.Unreachable,
        "blocked" => UndeliveredReason.Blocked,
        "carrier" => UndeliveredReason.Carrier,
        "expired" => UndeliveredReason.Expired,
        _ => UndeliveredReason.Unknown,
    };
}
