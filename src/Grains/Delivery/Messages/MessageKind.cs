using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>The kinds of messages that differ in their texts; each is the name of its templates in the settings.</summary>
internal enum MessageKind
{
    Email,

    /// <summary>An SMS, or a WhatsApp message.</summary>
    Phone,

    /// <summary>What is said in a call.</summary>
    Call,
}

internal static class MessageKinds
{
    public static MessageKind Of(VerificationChannel channel) => channel switch
    {
        VerificationChannel.Email => MessageKind.Email,
        VerificationChannel.Sms or VerificationChannel.WhatsApp => MessageKind.Phone,
        VerificationChannel.Call => MessageKind.Call,
    };
}
