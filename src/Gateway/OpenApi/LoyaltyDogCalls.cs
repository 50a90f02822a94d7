using Otp.Customers;
using Otp.Gateway.LoyaltyDog;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of LoyaltyDog's calls. Operations and schemas have the names of the published API.</summary>
internal static class LoyaltyDogCalls
{
    private const string Email = "jane.doe@example.com";
    private const string SessionToken = "a-secret-of-32-bytes-and-then-the-hash-that-leads-to-the-target--both-in-base64url---A";

    private static readonly Identity Jane =
        new("5eb7cf5a86d9755df3a6c593", Email, Phone: null, "Jane Doe", Verified: true, new(2026, 3, 16, 14, 45, 2, TimeSpan.Zero), "verified");

    private static readonly ApiBody SessionBody = new(
        "ValidateSessionRequest",
        "Request to validate a session token.",
        ["token"],
        ApiField.Required(SessionEndpoint.TokenField, "Session token to validate", SessionToken));

    public static readonly ApiCall Token = Of(
        "createToken_v2_token_post",
        "Get an access token",
        "Exchanges a client's id and secret for a JWT, 30 minutes by default. Good for the Loyalife calls too. Keep it until it ends; do not ask for one a request.",
        ApiAnswer.Of(200, "token", "The token.", new TokenAnswer("{header}.{payload}.{signature}"))) with
    {
        Body = new ApiBody(
            "TokenRequest",
            "A client's id and secret, in the form of OAuth2's password grant.",
            ["demo"],
            ApiField.Required(new TextField(TokenEndpoint.UserName) { MinLength = 1 }, "The client's id.", "demo"),
            ApiField.Required(new TextField(TokenEndpoint.Password) { MinLength = 1 }, "The client's secret.", "demo-secret"),
            ApiField.Optional(new TextField(TokenEndpoint.GrantType) { OneOf = ["", TokenEndpoint.Password] }, "`password`, or left out.", TokenEndpoint.Password))
        {
            MediaType = MediaTypes.Form,
        },
        Refusals = ApiCall.TokenRefusals,
        Refuse = static (context, refusal) => TokenEndpoint.RefuseAsync(context, refusal),
        CallsGrain = false,
    };

    public static readonly ApiCall Send = Of(
        "sendCustomerOTP_v2_giftcards_customers_otp_send_post",
        "Send a code",
        "Sends a one-time code to an e-mail address or a phone number. By default at most 5 sends per hour and 10 per day to one target; a code has 6 digits, lives 5 minutes and stands 3 guesses; a new one replaces the one before.",
        ApiAnswer.Of(200, "email", "Sent.", SendAnswer.Sent(Channel.Email, exposedCode: null)),
        ApiAnswer.Of(200, "phone", "Sent.", SendAnswer.Sent(Channel.Phone, exposedCode: null))) with
    {
        Body = new ApiBody(
            "SendOTPRequest",
            "Request to send an OTP to an email or phone number.",
            ["email", "phone"],
            ApiField.Required(LoyaltyDogCall.TargetField, "Email address or phone number to send OTP to", Email, "+442079460958")),
        Parameters = [ApiParameters.IdempotencyKey, ApiParameters.AcceptLanguage],
        Refusals = [Refusal.InvalidTarget, Refusal.Undeliverable, .. ApiCall.SendRefusals],
        Refuse = static (context, refusal) => new SendCall(context, context.RequestServices.GetRequiredService<TargetIndex>()).RefuseAsync(refusal),
    };

    public static readonly ApiCall Verify = Of(
        "verifyCustomerOTP_v2_giftcards_customers_otp_verify_post",
        "Verify a code",
        "A right code is consumed, finds or creates the customer, and opens a session, of 24 hours by default; a customer has at most 16, and one more ends the oldest.",
        ApiAnswer.Of(
            200,
            "verified",
            "The code is right: a session is open.",
            VerifyAnswer.Verified(new Target(Channel.Email, Email), new SignInResult(SessionToken, Jane)))) with
    {
        Body = new ApiBody(
            "VerifyOTPRequest",
            "Request to verify an OTP code.",
            ["code"],
            ApiField.Required(LoyaltyDogCall.TargetField, "Email address or phone number the OTP was sent to", Email),
            ApiField.Required(VerifyCall.CodeFields[6], "6-digit OTP code. A program that sets another length (4 to 10) asks for that many digits.", "123456"),
            ApiField.Optional(VerifyCall.NameField, "Customer name, kept from the first registration", "Jane Doe")),
        Parameters = [ApiParameters.IdempotencyKey],
        Refusals = [Refusal.InvalidTarget, .. ApiCall.VerifyRefusals],
        Refuse = static (context, refusal) => new VerifyCall(context, context.RequestServices.GetRequiredService<TargetIndex>()).RefuseAsync(refusal),
    };

    public static readonly ApiCall Session = Of(
        "validateCustomerSession_v2_giftcards_customers_session_post",
        "Look up a session",
        "Tells whether a session token is valid and whose it is.",
        ApiAnswer.Of(200, "valid", "Whether the session is open, and whose it is.", new SessionAnswer(Valid: true, Jane)),
        ApiAnswer.Of(200, "invalid", "Whether the session is open, and whose it is.", new SessionAnswer(Valid: false, Identity: null))) with
    {
        Body = SessionBody,
    };

    public static readonly ApiCall EndSession = Of(
        "endCustomerSession",
        "End a session",
        "Ends the session that a token opens. Succeeds also where there is none.",
        ApiAnswer.Empty(204, "The session is over.")) with
    {
        Body = SessionBody,
    };

    private static ApiCall Of(string id, string summary, string description, params ApiAnswer[] answers) =>
        new(id, ApiDocument.LoyaltyDog, summary, description, answers);
}
