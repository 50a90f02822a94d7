using Otp.Verifications;
using PhoneNumbers;

namespace Otp.Gateway.Verify;

/// <summary><c>POST /v2/Services/{VA…}/Verifications</c>: sends a code.</summary>
internal sealed class StartCall(HttpContext context, VerificationDirectory directory) : ServiceCall(context), ISend
{
    private string _to = "";
    private VerificationChannel _channel;
    private string? _locale;
    private string? _friendlyName;
    private string? _customCode;
    private string? _amount;
    private string? _payee;
    private bool _hasCustomMessage;
    private bool _asksForMore;
    private Target? _target;

    public override string Name => "start verification";

    public override string?[] Payload => [ChannelNames.Of(_channel), _locale, _friendlyName, _customCode, _amount, _payee, AliasOf(_target!)];

    public VerificationStart Verification => new(_channel, _customCode, Payment, _friendlyName);

    public override void Read(JsonBody body)
    {
        _to = body.Required(VerifyFields.To);
        _channel = ChannelNames.Read(body.Required(VerifyFields.Channel));
        _locale = body.Optional(VerifyFields.Locale)?.Replace('_', '-');
        _friendlyName = body.Optional(VerifyFields.CustomFriendlyName);
        _customCode = body.Optional(VerifyFields.CustomCode) is { } code ? VerifyFields.DigitsOf(code) : null;
        _amount = body.Optional(VerifyFields.Amount);
        _payee = body.Optional(VerifyFields.Payee);
        _hasCustomMessage = body.Optional(VerifyFields.CustomMessage) is not null;
        foreach (var field in VerifyFields.NotSupported)
        {
            _asksForMore |= body.Optional(field) is { } value && value != "false";
        }

        foreach (var hint in VerifyFields.Hints)
        {
            body.Optional(hint);
        }
    }

    public override Refusal? Check()
    {
        var isMail = _channel == VerificationChannel.Email;
        if (!TargetParser.TryParse(_to, Program.DefaultRegion, out _target) || _target.Channel == Channel.Email != isMail)
        {
            return Refusal.InvalidTarget;
        }

        if (!Service.Allows(_channel) || !Program.PolicyFor(Purpose).Targets.Allows(_target.Channel))
        {
            return Refuse(VerifyErrorCode.ChannelDisabled);
        }

        if (_hasCustomMessage)
        {
            return Refuse(VerifyErrorCode.CustomMessage);
        }

        if (_asksForMore || (_customCode is not null && !Service.AllowsCustomCode) || (_friendlyName is not null && !Service.AllowsFriendlyName))
        {
            return Refuse(VerifyErrorCode.NotSupported);
        }

        return Service.IsPsd2 && _channel == VerificationChannel.Call ? Refuse(VerifyErrorCode.NoCallForPayment) : CheckPayment(_amount, _payee);
    }

    public override ValueTask<Recipient?> FindAsync() =>
        ValueTask.FromResult<Recipient?>(new Recipient(directory.KeyOf(Context, _target!), _target!, MemberKey: null, IsDiscreet: false, _locale));

    public async Task AnswerAsync(string? code, VerificationReport? verification)
    {
        await directory.RememberAsync(Context, directory.KeyOf(Context, _target!), verification!);
        var answer = VerificationAnswer.Of(Context, verification!, _target!);
        await JsonAnswer.WriteAsync(Context, StatusCodes.Status201Created, answer);
    }

    public override Task RefuseAsync(Refusal refusal) => refusal == Refusal.TargetNotAllowed && _target is { Channel: Channel.Phone }
        ? VerifyError.WriteAsync(Context, IsRefusedLandline(_target) ? VerifyErrorCode.Landline : VerifyErrorCode.CountryBlocked)
        : base.RefuseAsync(refusal);

    private bool IsRefusedLandline(Target phone) =>
        NumberingPlan.Classify(phone.Value).Type == PhoneNumberType.FIXED_LINE && !Program.PolicyFor(Purpose).Targets.Allows(PhoneNumberType.FIXED_LINE);
}
