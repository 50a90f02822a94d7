namespace Otp.Gateway.Verify;

/// <summary><c>GET /v2/Services/{VA…}</c>: the program as a service.</summary>
internal static class ServiceEndpoint
{
    public static Task HandleAsync(HttpContext context) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, ServiceAnswer.Of(context, Caller.ProgramOf(context)));
}

/// <summary>A service: what the settings say of its program. What the surface does not have is false or null.</summary>
/// <param name="Sid">Its SID.</param>
/// <param name="AccountSid">The account's SID.</param>
/// <param name="FriendlyName">The program's name in messages.</param>
/// <param name="CodeLength">Digits of a code.</param>
/// <param name="Psd2Enabled">Whether every code approves a payment.</param>
/// <param name="SkipSmsToLandlines">Whether landlines get no SMS.</param>
/// <param name="CustomCodeEnabled">Whether callers may bring codes of their own.</param>
/// <param name="Url">The service's own address.</param>
/// <param name="Links">Where its verifications are.</param>
internal sealed record ServiceAnswer(
    [property: JsonPropertyName("sid")] string Sid,
    [property: JsonPropertyName("account_sid")] string AccountSid,
    [property: JsonPropertyName("friendly_name")] string FriendlyName,
    [property: JsonPropertyName("code_length")] int CodeLength,
    [property: JsonPropertyName("psd2_enabled")] bool Psd2Enabled,
    [property: JsonPropertyName("skip_sms_to_landlines")] bool SkipSmsToLandlines,
    [property: JsonPropertyName("custom_code_enabled")] bool CustomCodeEnabled,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("links")] ServiceLinks Links)
{
    [JsonPropertyName("lookup_enabled")]
    public bool LookupEnabled => false;

    [JsonPropertyName("dtmf_input_required")]
    public bool DtmfInputRequired => false;

    /// <summary>Always true: the built-in messages say that nobody asks for the code.</summary>
    [JsonPropertyName("do_not_share_warning_enabled")]
    public bool DoNotShareWarningEnabled => true;

    [JsonPropertyName("verify_event_subscription_enabled")]
    public bool VerifyEventSubscriptionEnabled => false;

    [JsonPropertyName("tts_name")]
    public string? TtsName => null;

    [JsonPropertyName("default_template_sid")]
    public string? DefaultTemplateSid => null;

    [JsonPropertyName("push")]
    public string? Push => null;

    [JsonPropertyName("totp")]
    public string? Totp => null;

    [JsonPropertyName("whatsapp")]
    public string? WhatsApp => null;

    [JsonPropertyName("passkeys")]
    public string? Passkeys => null;

    [JsonPropertyName("date_created")]
    public string? DateCreated => null;

    [JsonPropertyName("date_updated")]
    public string? DateUpdated => null;

    public static ServiceAnswer Of(HttpContext context, OtpProgram program)
    {
        var service = program.Verify!;
        var policy = program.PolicyFor(Purpose.None);
        return new ServiceAnswer(
            service.ServiceSid,
            service.AccountSid,
            program.Name,
            policy.Length,
            service.IsPsd2,
            !policy.Targets.Allows(PhoneNumbers.PhoneNumberType.FIXED_LINE),
            service.AllowsCustomCode,
            VerifyEndpoints.AddressOf(context, service.ServiceSid),
            new ServiceLinks(
                VerifyEndpoints.AddressOf(context, service.ServiceSid, "Verifications"),
                VerifyEndpoints.AddressOf(context, service.ServiceSid, "VerificationCheck")));
    }
}

/// <summary>Where a service's verifications are.</summary>
internal sealed record ServiceLinks(
    [property: JsonPropertyName("verifications")] string Verifications,
    [property: JsonPropertyName("verification_checks")] string VerificationChecks);
