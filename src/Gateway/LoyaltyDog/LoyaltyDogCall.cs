using Otp.Customers;
using Otp.Text;
using Otp.Verifications;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>What LoyaltyDog's send and verify have in common: the target is in the body.</summary>
internal abstract class LoyaltyDogCall(HttpContext context, TargetIndex targets) : OtpCall
{
    public static readonly TextField TargetField = new("target") { MinLength = 1, MaxLength = 255 };

    private string _text = "";
    private Target? _target;

    // Of several aliases of one mailbox each is another payload.
    public override string?[] Payload => Caller.ProgramOf(context).MailboxOf(Target!) == Target ? [] : [Target!.Value];

    protected HttpContext Context => context;

    protected virtual string? Locale => null;

    /// <summary>The target; null until it is checked, and where it is none.</summary>
    protected Target? Target => _target;

    public override void Read(JsonBody body) => _text = body.Required(TargetField);

    public override Refusal? Check() =>
        TargetParser.TryParse(_text, Caller.ProgramOf(context).DefaultRegion, out _target) ? null : Refusal.InvalidTarget;

    public override ValueTask<Recipient?> FindAsync() =>
        ValueTask.FromResult<Recipient?>(new Recipient(targets.KeyFor(Caller.ProgramOf(context), Target!), Target!, MemberKey: null, IsDiscreet: false, Locale));

    public override Task RefuseAsync(Refusal refusal)
    {
        var (status, text, isDocumented) = LoyaltyDogRefusals.Of(refusal);
        return isDocumented ? RefuseAsync(status, text) : Detail.WriteAsync(context, status, text);
    }

    /// <summary>Answers with a refusal in the call's documented body.</summary>
    protected abstract Task RefuseAsync(int status, string text);
}

/// <summary><c>POST /v2/giftcards/customers/otp/send</c>: sends a code to an e-mail address or a phone number.</summary>
internal sealed class SendCall(HttpContext context, TargetIndex targets) : LoyaltyDogCall(context, targets), ISend
{
    public override string Name => "send";

    protected override string? Locale => AcceptLanguage.Of(Context.Request);

    public Task AnswerAsync(string? code, VerificationReport? verification) => WriteAsync(StatusCodes.Status200OK, SendAnswer.Sent(Target!.Channel, code));

    protected override Task RefuseAsync(int status, string text) => WriteAsync(status, SendAnswer.Refused(text, Target?.Channel));

    private Task WriteAsync(int status, SendAnswer answer) => JsonAnswer.WriteAsync(Context, status, answer);
}

/// <summary><c>POST /v2/giftcards/customers/otp/verify</c>: a right code opens a session of the customer.</summary>
internal sealed class VerifyCall(HttpContext context, TargetIndex targets) : LoyaltyDogCall(context, targets), IVerify
{
    public static readonly TextField NameField = new("name") { MaxLength = 255 };

    // One for each length that a policy's codes may have.
    public static readonly TextField[] CodeFields =
        [.. Enumerable.Range(0, Policy.MaxLength + 1).Select(length => new TextField("code") { Clean = PastedText.CleanCode, Digits = length })];

    private string? _name;

    public override string Name => "verify";

    public override string?[] Payload => [.. base.Payload, Code, _name];

    public string Code { get; private set; } = "";

    public SignInRequest? SignIn => new(_name);

    public override void Read(JsonBody body)
    {
        base.Read(body);
        Code = body.Required(CodeFields[Caller.ProgramOf(Context).PolicyFor(Purpose).Length]);
        _name = body.Optional(NameField);
    }

    public Task AnswerAsync(VerifyOutcome outcome) => WriteAsync(StatusCodes.Status200OK, VerifyAnswer.Verified(Target!, outcome.SignIn!));

    protected override Task RefuseAsync(int status, string text) => WriteAsync(status, VerifyAnswer.Refused(text));

    private Task WriteAsync(int status, VerifyAnswer answer) => JsonAnswer.WriteAsync(Context, status, answer);
}
