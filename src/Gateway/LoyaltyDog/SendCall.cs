using Otp.Verifications;

namespace Otp.Gateway.LoyaltyDog;

/// <summary><c>POST /v2/giftcards/customers/otp/send</c>: sends a code to an e-mail address or a phone number.</summary>
internal sealed class SendCall(HttpContext context, TargetIndex targets) : LoyaltyDogCall(context, targets), ISend
{
    public override string Name => "send";

    protected override string? Locale => AcceptLanguage.Of(Context.Request);

    public Task AnswerAsync(string? code, VerificationReport? verification) => WriteAsync(StatusCodes.Status200OK, SendAnswer.Sent(Target!.Channel, code));

    protected override Task RefuseAsync(int status, string text) => WriteAsync(status, SendAnswer.Refused(text, Target?.Channel));

    private Task WriteAsync(int status, SendAnswer answer) => JsonAnswer.WriteAsync(Context, status, answer);
}
