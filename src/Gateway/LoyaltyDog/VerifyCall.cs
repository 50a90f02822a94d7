using Otp.Customers;
using Otp.Text;

namespace Otp.Gateway.LoyaltyDog;

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
