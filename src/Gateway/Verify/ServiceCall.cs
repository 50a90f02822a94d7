using Otp.Verifications;

namespace Otp.Gateway.Verify;

/// <summary>What a start and a check have in common: a form, a service, and errors with Twilio's numbers.</summary>
internal abstract class ServiceCall(HttpContext context) : OtpCall
{
    private VerifyErrorCode? _unsupported;

    public override bool TakesForm => true;

    /// <summary>What the code approves; null for nothing in particular.</summary>
    public Payment? Payment { get; private set; }

    protected HttpContext Context => context;

    protected OtpProgram Program => Caller.ProgramOf(context);

    protected VerifyService Service => Program.Verify!;

    public override Task RefuseAsync(Refusal refusal) =>
        VerifyError.WriteAsync(context, refusal == Refusal.Unsupported ? _unsupported! : VerifyErrorCode.Of(refusal));

    /// <summary>The address as written, where it is an alias of its mailbox: each is another payload; null otherwise.</summary>
    protected string? AliasOf(Target target) => Program.MailboxOf(target) == target ? null : target.Value;

    /// <summary>A refusal in these words.</summary>
    protected Refusal Refuse(VerifyErrorCode error)
    {
        _unsupported = error;
        return Refusal.Unsupported;
    }

    /// <summary>Reads what the code approves: both amount and payee where the service is for payments, neither elsewhere.</summary>
    protected Refusal? CheckPayment(string? amount, string? payee)
    {
        if (!Service.IsPsd2)
        {
            return amount is null && payee is null ? null : Refuse(VerifyErrorCode.NotSupported);
        }

        if (amount is null || payee is null)
        {
            return Refuse(VerifyErrorCode.PaymentMissing);
        }

        Payment = new Payment(amount, payee);
        return null;
    }
}
