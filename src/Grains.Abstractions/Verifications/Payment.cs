namespace Otp.Verifications;

/// <summary>What a code approves (PSD2's dynamic linking): it is right for this amount and payee and for no other.</summary>
/// <param name="Amount">The amount, as the caller writes it.</param>
/// <param name="Payee">Who is paid.</param>
[GenerateSerializer, Immutable, Alias("otp.Payment")]
public sealed record Payment([property: Id(0)] string Amount, [property: Id(1)] string Payee)
{
    /// <summary>Nothing of the payment.</summary>
    public override string ToString() => nameof(Payment);
}
