using Otp.Gateway.Verify;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of Verify's calls. Fields and bodies have the names of the published API.</summary>
internal static class VerifyCalls
{
    public const string ServiceSid = "VA00000000000000000000000000000019";
    public const string Sid = "VE4b1d0c7e9a2f48d3b6e5c8a7f0912d34";

    private const string Phone = "+442079460958";
    private const string Email = "jane.doe@example.com";
    private const string AccountSid = "AC00000000000000000000000000000019";
    private const string Address = $"http://localhost:5080{VerifyEndpoints.Root}/{ServiceSid}";
    private const string Sent = "2026-03-16T14:45:02Z";

    private static readonly VerificationAnswer Verification = new(
        Sid,
        ServiceSid,
        AccountSid,
        Phone,
        "sms",
        VerificationStatus.Pending,
        Amount: null,
        Payee: null,
        [new SendCodeAttempt("2026-03-16T14:45:02.118Z", "SMS", "VL7c2e9f0a1b3d48c5a6e7f8091a2b3c4d")],
        Sent,
        Sent,
        $"{Address}/Verifications/{Sid}");

    private static readonly CheckAnswer Checked =
        new(Sid, ServiceSid, AccountSid, Phone, "sms", VerificationStatus.Approved, Amount: null, Payee: null, Sent, Sent);

    private static readonly ApiAnswer NotFound = Error(VerifyErrorCode.NotFound, "The service is not the caller's.");

    private static readonly ApiAnswer NoVerification =
        Error(VerifyErrorCode.NotFound, "There is no live verification: it was approved or canceled, or it has expired; or the service is not the caller's.");

    private static readonly ApiAnswer NoPayment = Error(VerifyErrorCode.PaymentMissing, "The service is for payments, and the amount or the payee is missing.");

    private static readonly ApiField[] Payment =
    [
        ApiField.Optional(VerifyFields.Amount, "What the code approves, where the service is for payments.", null, null),
        ApiField.Optional(VerifyFields.Payee, "Who is paid.", null, null),
    ];

    public static readonly ApiCall Service = Of(
        "FetchService",
        "Fetch the service",
        "The program as a service: what the settings say of it.",
        ApiAnswer.Of(200, "service", "The service.", new ServiceAnswer(
            ServiceSid,
            AccountSid,
            "demo",
            CodeLength: 6,
            Psd2Enabled: false,
            SkipSmsToLandlines: false,
            CustomCodeEnabled: false,
            Address,
            new ServiceLinks($"{Address}/Verifications", $"{Address}/VerificationCheck"))),
        NotFound) with
    {
        CallsGrain = false,
    };

    public static readonly ApiCall Start = Of(
        "CreateVerification",
        "Start a verification",
        "Sends a code. While it is alive, a further start sends it again, or a new one: a setting of the program. Other fields of the published API are refused with `60204`, or ignored where they are hints (`Tags`, `DeviceIp`, `RiskCheck`).",
        ApiAnswer.Of(201, "sms", "Sent.", Verification),
        NoPayment,
        Error(VerifyErrorCode.NoCallForPayment, "A call approves no payment."),
        Error(VerifyErrorCode.ChannelDisabled, "The service sends no codes over this channel."),
        Error(VerifyErrorCode.CustomMessage, "The caller brings a text of its own."),
        Error(VerifyErrorCode.NotSupported, "The fields ask for what the service does not allow, or does not do."),
        Error(VerifyErrorCode.Landline, "The program sends no SMS to landlines."),
        Error(VerifyErrorCode.CountryBlocked, "The program sends no codes to this country or kind of number."),
        NotFound) with
    {
        Body = Form(
            "CreateVerificationRequest",
            "Whom to send a code to, and how.",
            ["sms", "email"],
            ApiField.Required(VerifyFields.To, "E-mail address or phone number.", Phone, Email),
            ApiField.Required(VerifyFields.Channel, "How the code travels.", "sms", "email"),
            ApiField.Optional(VerifyFields.Locale, "The language of the message (BCP 47).", null, "en-GB"),
            ApiField.Optional(VerifyFields.CustomFriendlyName, "The program's name in this message, where the service allows it.", null, null),
            ApiField.Optional(VerifyFields.CustomCode, "The caller's own code, 4 to 10 digits, where the service allows it.", null, null),
            Payment[0],
            Payment[1]),
        Parameters = [ApiParameters.ServiceSid, ApiParameters.IdempotencyKey],
        Refusals = [Refusal.InvalidTarget, .. ApiCall.SendRefusals, Refusal.PrefixBlocked, Refusal.TooSoon],
    };

    public static readonly ApiCall Check = Of(
        "CreateVerificationCheck",
        "Check a code",
        "A right code is consumed: `approved`. A wrong one is `pending` and uses up an attempt. By `To`, also a code that the LoyaltyDog API sent is right.",
        ApiAnswer.Of(200, "approved", "The code is right, and consumed.", Checked),
        ApiAnswer.Of(200, "pending", "The code is wrong.", Checked with { Status = VerificationStatus.Pending }),
        NoPayment,
        Error(VerifyErrorCode.NoVerification, "Neither `To` nor `VerificationSid` is there."),
        Error(VerifyErrorCode.NotSupported, "The service is not for payments."),
        Error(VerifyErrorCode.MaxCheckAttempts, "The code was guessed too often, or the target is locked: nothing was compared."),
        NoVerification) with
    {
        Body = Form(
            "CreateVerificationCheckRequest",
            "A code, and whose it is: by target, or by the verification's SID.",
            ["to", "sid"],
            ApiField.Required(VerifyFields.Code, "The code, 4 to 10 digits.", "123456"),
            ApiField.Optional(VerifyFields.To, "E-mail address or phone number.", Phone, null),
            ApiField.Optional(VerifyFields.VerificationSid, "The verification's SID.", null, Sid),
            Payment[0],
            Payment[1]),
        Parameters = [ApiParameters.ServiceSid, ApiParameters.IdempotencyKey],
        Refusals = [Refusal.InvalidTarget, Refusal.MalformedKey, Refusal.ReusedKey],
    };

    public static readonly ApiCall Fetch = Of(
        "FetchVerification",
        "Fetch a verification",
        "A live verification, by its SID or by its target.",
        ApiAnswer.Of(200, "pending", "The verification.", Verification),
        ApiAnswer.Of(200, "exhausted", "The verification.", Verification with { Status = VerificationStatus.MaxAttemptsReached }),
        NoVerification) with
    {
        Parameters = [ApiParameters.ServiceSid, ApiParameters.VerificationSid],
    };

    public static readonly ApiCall Update = Of(
        "UpdateVerification",
        "End a verification",
        "Cancels it, or approves it for a caller who has compared the code itself. No code is right for it any more.",
        ApiAnswer.Of(200, "canceled", "The verification is over.", Verification with { Status = VerificationStatus.Canceled }),
        NoVerification) with
    {
        Body = Form(
            "UpdateVerificationRequest",
            "How the verification ends.",
            ["canceled"],
            ApiField.Required(VerifyFields.Status, "The new status.", VerificationStatus.Canceled)),
        Parameters = [ApiParameters.ServiceSid, ApiParameters.VerificationSid, ApiParameters.IdempotencyKey],
        Refusals = [Refusal.MalformedKey, Refusal.ReusedKey],
    };

    private static ApiCall Of(string id, string summary, string description, params ApiAnswer[] answers) => new(
        id,
        ApiDocument.Verify,
        summary,
        description,
        [.. answers, Error(VerifyErrorCode.TooManyRequests, "Too many tries with wrong credentials from this address.")])
    {
        IsBasic = true,
        Parameters = [ApiParameters.ServiceSid],
        Refuse = static (context, refusal) => VerifyError.WriteAsync(context, VerifyErrorCode.Of(refusal)),
    };

    private static ApiBody Form(string schema, string description, IReadOnlyList<string> examples, params IReadOnlyList<ApiField> fields) =>
        new(schema, description, examples, fields) { MediaType = MediaTypes.Form };

    // Without a status: the answer is one of many of its status, and has the headers of all of them.
    private static ApiAnswer Error(VerifyErrorCode error, string description) =>
        new($"error{error.Code}", description, context => VerifyError.WriteAsync(context, error));
}
