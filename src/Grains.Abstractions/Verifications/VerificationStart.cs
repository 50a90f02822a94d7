namespace Otp.Verifications;

/// <summary>What the Verify surface asks of a send, beside the program's policy.</summary>
/// <param name="Channel">How the code travels.</param>
/// <param name="CustomCode">The caller's own code, 4–10 ASCII digits; null for a new one.</param>
/// <param name="Payment">What the code approves; null for nothing in particular.</param>
/// <param name="FriendlyName">The program's name in this message; null for its own.</param>
[GenerateSerializer, Immutable, Alias("otp.VerificationStart")]
public sealed record VerificationStart(
    [property: Id(0)] VerificationChannel Channel,
    [property: Id(1)] string? CustomCode = null,
    [property: Id(2)] Payment? Payment = null,
    [property: Id(3)] string? FriendlyName = null)
{
    /// <summary>The channel alone: the code belongs in no log.</summary>
    public override string ToString() => $"{nameof(VerificationStart)} {Channel}";
}

/// <summary>How a code travels: an e-mail, or one of the ways to a phone.</summary>
/// <remarks>The numbers are stored and sent; they never change.</remarks>
public enum VerificationChannel
{
    Email = 0,
    Sms = 1,
    Call = 2,
    WhatsApp = 3,
}

/// <summary>What a code approves (PSD2's dynamic linking): it is right for this amount and payee and for no other.</summary>
/// <param name="Amount">The amount, as the caller writes it.</param>
/// <param name="Payee">Who is paid.</param>
[GenerateSerializer, Immutable, Alias("otp.Payment")]
public sealed record Payment([property: Id(0)] string Amount, [property: Id(1)] string Payee)
{
    /// <summary>Nothing of the payment.</summary>
    public override string ToString() => nameof(Payment);
}
