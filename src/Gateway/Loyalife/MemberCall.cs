using System.Net;
using Otp.Gateway.Limits;
using Otp.Verifications;

namespace Otp.Gateway.Loyalife;

/// <summary>What Loyalife's generate and verify have in common: <c>UniquerefID</c> names a member, whose registered channel gets the code.</summary>
internal abstract class MemberCall(HttpContext context, Reference kind, Recipients recipients) : OtpCall
{
    private const string ProgramWithoutNumber = "ProgramId is not the token's program: that program's id is no number, so no call of this API can name it";

    private Purpose _purpose;
    private string _reference = "";
    private long _programId;

    public override Purpose Purpose => _purpose;

    public override string?[] Payload => [_reference];

    protected HttpContext Context => context;

    public override void Read(JsonBody body)
    {
        _reference = body.Required(kind == Reference.Email ? MemberFields.Email : MemberFields.RelationReference);
        _purpose = OtpTypes.Find(body.Required(MemberFields.OtpType)).GetValueOrDefault();
        _programId = body.Required(MemberFields.ProgramId);
        body.Required(MemberFields.RelationType);
    }

    public override Refusal? Check() =>
        NumberOf(Caller.ProgramOf(context).Id) != _programId ? Refusal.ForeignProgram
        : MemberScope.Of(context.User) is { } scope && scope.OtpType != OtpTypes.NameOf(_purpose) ? Refusal.OutOfScope
        : null;

    public override async ValueTask<Recipient?> FindAsync()
    {
        var program = Caller.ProgramOf(context);
        var recipient = await (kind switch
        {
            Reference.Email when TargetParser.TryParse(_reference, defaultRegion: null, out var email) => recipients.FindByEmailAsync(program, _purpose, email),
            Reference.Relation when Members.RelationReference.Parse(_reference) is { } reference =>
                recipients.FindByRelationReferenceAsync(program, _purpose, reference),
            _ => throw new InvalidOperationException("The field accepted what is no reference."),
        });
        return MemberScope.Of(context.User) is { } scope && scope.MemberKey != recipient.MemberKey ? null : recipient;
    }

    public override Task RefuseAsync(Refusal refusal) =>
        refusal == Refusal.ForeignProgram && NumberOf(Caller.ProgramOf(context).Id) is null
            ? LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.ForeignProgram, ProgramWithoutNumber)
            : LoyalifeAnswer.RefuseAsync(context, refusal);

    // A program's id may be any name; this API knows programs by numbers.
    private static long? NumberOf(string programId) =>
        long.TryParse(programId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What <c>UniquerefID</c> is.</summary>
internal enum Reference
{
    /// <summary>The member's e-mail address.</summary>
    Email,

    /// <summary>The member's RelationReference (CID).</summary>
    Relation,
}

/// <summary><c>POST …/Member/GenerateOTP</c> and <c>…/GenerateOTPByRelationReference</c>: sends a code to a member's registered channel.</summary>
internal sealed class GenerateCall(HttpContext context, Reference kind, Recipients recipients) : MemberCall(context, kind, recipients), ISend
{
    private IPAddress? _endUser;

    public override string Name => "GenerateOTP";

    public override IPAddress? EndUser => _endUser;

    public override void Read(JsonBody body)
    {
        _endUser = EndUserAddress.Read(body.Optional(MemberFields.SourceAddress));
        body.Optional(MemberFields.SourceCode);
        base.Read(body);
    }

    public Task AnswerAsync(string? code, VerificationReport? verification) => LoyalifeAnswer.WriteDoneAsync(Context);
}

/// <summary><c>POST …/Member/VerifyOTP</c> and <c>…/VerifyOTPByRelationReference</c>: whether a code is the one that was sent.</summary>
internal sealed class VerifyCall(HttpContext context, Reference kind, Recipients recipients) : MemberCall(context, kind, recipients), IVerify
{
    public override string Name => "VerifyOTP";

    public override string?[] Payload => [.. base.Payload, Code];

    public string Code { get; private set; } = "";

    public override void Read(JsonBody body)
    {
        var number = body.Required(MemberFields.Otp);
        body.Optional(MemberFields.DestinationAddress);
        body.Optional(MemberFields.Destination);
        base.Read(body);

        // An integer has no leading zeros: the code has.
        var length = Caller.ProgramOf(Context).PolicyFor(Purpose).Length;
        Code = number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
        if (Code.Length > length)
        {
            body.Refuse(MemberFields.Otp.Name, FieldFault.TooManyDigits(length));
        }
    }

    public Task AnswerAsync(VerifyOutcome outcome) => LoyalifeAnswer.WriteDoneAsync(Context);
}
