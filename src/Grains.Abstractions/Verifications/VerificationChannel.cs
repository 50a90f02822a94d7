namespace Otp.Verifications;

/// <summary>How a code travels: an e-mail, or one of the ways to a phone.</summary>
/// <remarks>The numbers are stored and sent; they never change.</remarks>
public enum VerificationChannel
{
    Email = 0,
    Sms = 1,
    Call = 2,
    WhatsApp = 3,
}
