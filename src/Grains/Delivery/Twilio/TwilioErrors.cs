namespace Otp.Delivery;

/// <summary>What Twilio's error numbers mean for delivery (Twilio's error and warning dictionary).</summary>
internal static class TwilioErrors
{
    /// <summary>The category of an error number; null where the HTTP status says as much.</summary>
    public static DeliveryFailure? Category(int? code) => code switch
    {
        // Credentials, or an account that may not send.
        20003 or 20005 or 20006 or 20008 or 30002 => DeliveryFailure.AuthenticationFailed,

        // Too many requests, full queues, daily limits, internal errors.
        14107 or 20429 or 20500 or 20503 or 21611 or 30001 or 30017 or 30022 or 30023 or 30027 or 30500 or 63018 => DeliveryFailure.Unavailable,

        // The person said STOP.
        21610 => DeliveryFailure.RecipientUnsubscribed,

        // No number, no mobile, a short code, a landline; a handset that is off, gone, or blocked by its owner or carrier.
        21211 or 21217 or 21265 or 21401 or 21421 or 21614 or 21635
            or 30003 or 30004 or 30005 or 30006 or 63003 or 63024 => DeliveryFailure.RecipientUnreachable,

        // Unreachable from here, or a region that the account does not serve.
        21214 or 21215 or 21216 or 21407 or 21408 or 21612 => DeliveryFailure.RecipientRefused,

        // The sender, the text, or the carriers' filters.
        21210 or 21212 or 21602 or 21603 or 21606 or 21617 or 21618 or 21619 or 21659 or 21660 or 21661 or 21703 or 21704 or 21705
            or 30007 or 30019 or 30024 or 30032 or 30034 or 63007 or 63016 => DeliveryFailure.Rejected,

        _ => null,
    };

    /// <summary>Why a message that Twilio had taken did not arrive.</summary>
    public static UndeliveredReason Reason(int? code) => code switch
    {
        // The recipient said STOP, has blocked the sender, or a filter did.
        21610 or 30004 or 30007 or 63032 or 63049 => UndeliveredReason.Blocked,
        30036 => UndeliveredReason.Expired,
        _ => Category(code) switch
        {
            DeliveryFailure.RecipientUnreachable => UndeliveredReason.Unreachable,
            null => UndeliveredReason.Unknown,
            _ => UndeliveredReason.Carrier,
        },
    };
}
