namespace Otp.Gateway.LoyaltyDog;

/// <summary>What LoyaltyDog's send and verify have in common: the target is in the body.</summary>
internal abstract class LoyaltyDogCall(HttpContext context, TargetIndex targets) : OtpCall
{
    public static readonly TextField TargetField = new("target") { MinLength = 1, MaxLength = 255 };

    private string _text = "";

    // Of several aliases of one mailbox each is another payload.
    public override string?[] Payload => Caller.ProgramOf(context).MailboxOf(Target!) == Target ? [] : [Target!.Value];

    protected HttpContext Context => context;

    /// <summary>The languages of the message.</summary>
    protected virtual string? Locale => null;

    /// <summary>The target; null until it is checked, and where it is none.</summary>
    protected Target? Target { get; private set; }

    public override void Read(JsonBody body) => _text = body.Required(TargetField);

    public override Refusal? Check()
    {
        if (!TargetParser.TryParse(_text, Caller.ProgramOf(context).DefaultRegion, out var target))
        {
            return Refusal.InvalidTarget;
        }

        Target = target;
        return null;
    }

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
