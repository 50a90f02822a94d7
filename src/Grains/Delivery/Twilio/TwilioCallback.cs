using System.Globalization;
using System.Text;
using System.Web;

namespace Otp.Delivery;

/// <summary>Reads Twilio's status callbacks: a form with the status of a message (<c>MessageStatus</c>, <c>ErrorCode</c>) or of a call (<c>CallStatus</c>).</summary>
internal static class TwilioCallback
{
    public static ReceiptReading Read(TwilioSignature signature, ReceiptRequest request, string address)
    {
        var form = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(request.Body.AsSpan()));
        var fields =
            from name in form.AllKeys.OfType<string>()
            from value in form.GetValues(name) ?? []
            select KeyValuePair.Create(name, value);
        if (request.Signature is null || !signature.IsOf(request.Signature, address, fields))
        {
            return new ReceiptReading(ReceiptStatus.Forged);
        }

        if ((form["MessageStatus"] ?? form["CallStatus"]) is not { } status)
        {
            return new ReceiptReading(ReceiptStatus.Malformed);
        }

        var state = StateOf(status);
        return new ReceiptReading(ReceiptStatus.Taken, state, state == DeliveryState.Undelivered ? ReasonOf(status, form["ErrorCode"]) : UndeliveredReason.Unknown);
    }

    // What Twilio may add says nothing until it is known.
    private static DeliveryState StateOf(string status) => status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" or "initiated" or "ringing" => DeliveryState.Queued,
        "sent" or "in-progress" or "answered" => DeliveryState.Sent,
        "delivered" or "read" or "completed" => DeliveryState.Delivered,
        "undelivered" or "failed" or "canceled" or "busy" or "no-answer" => DeliveryState.Undelivered,
        _ => DeliveryState.Unknown,
    };

    private static UndeliveredReason ReasonOf(string status, string? error) => status switch
    {
        "busy" or "no-answer" => UndeliveredReason.Unreachable,
        "canceled" => UndeliveredReason.Expired,
        _ => TwilioErrors.Reason(int.TryParse(error, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null),
    };
}
