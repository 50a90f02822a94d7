using System.Diagnostics;
using Otp.Verifications;

namespace Otp.Gateway.Verify;

/// <summary><c>POST /v2/Services/{VA…}/VerificationCheck</c>: whether a code is the one that was sent, by target or by the verification's SID.</summary>
internal sealed class CheckCall(HttpContext context, VerificationDirectory directory) : ServiceCall(context), IVerify
{
    private const string Resource = "VerificationCheck";

    private string? _to;
    private string? _sid;
    private string? _amount;
    private string? _payee;
    private Target? _target;

    public override string Name => "check verification";

    public override string?[] Payload => [Code, _sid, _amount, _payee, _target is null ? null : AliasOf(_target)];

    public string Code { get; private set; } = "";

    public VerificationQuery Verification => new(_sid, Payment);

    public override void Read(JsonBody body)
    {
        Code = VerifyFields.DigitsOf(body.Required(VerifyFields.Code));
        _to = body.Optional(VerifyFields.To);
        _sid = body.Optional(VerifyFields.VerificationSid) is { } text && VerificationIndex.TryReadSid(text, out var sid) ? sid : null;
        _amount = body.Optional(VerifyFields.Amount);
        _payee = body.Optional(VerifyFields.Payee);
    }

    public override Refusal? Check()
    {
        if (_to is null && _sid is null)
        {
            return Refuse(VerifyErrorCode.NoVerification);
        }

        if (_to is not null && !TargetParser.TryParse(_to, Program.DefaultRegion, out _target))
        {
            return Refusal.InvalidTarget;
        }

        return CheckPayment(_amount, _payee);
    }

    public override async ValueTask<Recipient?> FindAsync()
    {
        _target ??= (await directory.FindAsync(Context, _sid!))?.Target;
        return _target is null ? null : new Recipient(directory.KeyOf(Context, _target), _target, MemberKey: null, IsDiscreet: false);
    }

    public override Task RefuseAsync(Refusal refusal) =>
        refusal == Refusal.OutOfScope ? VerifyError.WriteNotFoundAsync(Context, Resource) : base.RefuseAsync(refusal);

    public Task AnswerAsync(VerifyOutcome outcome) => WriteAsync(outcome.Verification!, isRight: true);

    public override Task RefuseGuessAsync(VerifyOutcome outcome)
    {
        switch (outcome.Status)
        {
            case VerifyStatus.WrongCode:
                return WriteAsync(outcome.Verification!, isRight: false);
            case VerifyStatus.AttemptsExhausted or VerifyStatus.Locked:
                RetryAfter.Set(Context.Response, outcome.RetryAfter);
                return VerifyError.WriteAsync(Context, VerifyErrorCode.MaxCheckAttempts);
            case VerifyStatus.NoCode:
                return VerifyError.WriteNotFoundAsync(Context, Resource);
            default:
                throw new UnreachableException();
        }
    }

    private Task WriteAsync(VerificationReport report, bool isRight) => JsonAnswer.WriteAsync(
        Context, StatusCodes.Status200OK, CheckAnswer.Of(Service, report, _target!, isRight));
}
