using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp.Programs;
using Otp.Verifications;

namespace Otp.Delivery;

public sealed class DeliveryOptionsTests
{
    [Fact]
    public void Good_settings_have_no_fault()
    {
        Assert.Empty(Faults(
            ("Email:0", "smtp"),
            ("Email:1", "INBOX"),
            ("Phone:0", "inbox"),
            ("Smtp:smtp:Host", "mail.example.com"),
            ("Smtp:smtp:From", "Example <otp@example.com>"),
            ("Smtp:smtp:UserName", "mailer"),
            ("Smtp:smtp:Password", "secret")));
    }

    [Fact]
    public void Every_fault_is_named_by_its_key_and_none_tells_a_password()
    {
        var faults = Faults(
            ("Email:0", "smtp"),
            ("Email:1", "pigeon"),
            ("Phone:0", "smtp"),
            ("ProviderTimeout", "00:00:09"),
            ("TotalTimeout", "00:00:08"),
            ("Smtp:smtp:Port", "0"),
            ("Smtp:smtp:StartTls", "7"),
            ("Smtp:smtp:EhloName", "mail.example.com\r\nMAIL FROM:<eve@evil.example>"),
            ("Smtp:smtp:From", "nobody"),
            ("Smtp:smtp:Password", "hush-hush"),
            ("Smtp:smtp:CaFile", "/no/such/file.pem"));

        foreach (var key in new[]
        {
            "Otp:Delivery:Email:1:", "Otp:Delivery:Phone:0:", "Otp:Delivery:ProviderTimeout:", "Otp:Delivery:Smtp:smtp:Host ", "Otp:Delivery:Smtp:smtp:Port:",
            "Otp:Delivery:Smtp:smtp:StartTls:", "Otp:Delivery:Smtp:smtp:From ", "Otp:Delivery:Smtp:smtp:UserName ", "Otp:Delivery:Smtp:smtp:CaFile:",
            "Otp:Delivery:Smtp:smtp:EhloName ",
        })
        {
            Assert.Single(faults, fault => fault.StartsWith(key, StringComparison.Ordinal));
        }

        Assert.Equal(10, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.Contains("hush-hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Otp:Delivery:Smtp:smtp:Password is missing", "UserName=mailer")]
    [InlineData("", "Otp:Delivery:Smtp:smtp:UserName is missing", "AccessTokenCommand:0=token")]
    [InlineData("hush", "Otp:Delivery:Smtp:smtp:AccessTokenCommand: Otp:Delivery:Smtp:smtp:Password is set too", "UserName=mailer", "Password=hush", "AccessTokenCommand:0=token")]
    [InlineData("", "Otp:Delivery:Smtp:smtp:AccessTokenFile: there is no file", "UserName=mailer", "AccessTokenFile=/no/such/token")]
    [InlineData("", "Otp:Delivery:Smtp:smtp:AccessTokenCommand:0 is missing", "UserName=mailer", "AccessTokenCommand:0= ")]
    public void An_account_has_one_proof_and_a_name(string secret, string fault, params string[] settings)
    {
        var faults = Faults([
            ("Smtp:smtp:Host", "mail.example.com"),
            ("Smtp:smtp:From", "otp@example.com"),
            .. settings.Select(setting => setting.Split('=')).Select(pair => ($"Smtp:smtp:{pair[0]}", pair[1])),
        ]);

        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
        Assert.True(secret.Length == 0 || !faults[0].Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_server_may_be_signed_in_to_with_a_token_instead_of_a_password() => Assert.Empty(Faults(
        ("Email:0", "smtp"),
        ("Smtp:smtp:Host", "mail.example.com"),
        ("Smtp:smtp:From", "otp@example.com"),
        ("Smtp:smtp:UserName", "otp@example.com"),
        ("Smtp:smtp:AccessTokenCommand:0", "/usr/local/bin/token"),
        ("Smtp:smtp:AccessTokenCommand:1", "--mail")));

    [Fact]
    public void Several_providers_of_a_kind_each_have_a_name()
    {
        Assert.Empty(Faults(
            ("Email:0", "relay"),
            ("Email:1", "backup"),
            ("Phone:0", "sms"),
            ("Phone:1", "hook"),
            ("Smtp:relay:Host", "mail.example.com"),
            ("Smtp:relay:From", "otp@example.com"),
            ("Smtp:backup:Host", "mail2.example.com"),
            ("Smtp:backup:From", "otp@example.com"),
            ("Twilio:sms:AccountSid", "AC0123456789abcdef0123456789abcdef"),
            ("Twilio:sms:AuthToken", "hush-hush"),
            ("Twilio:sms:MessagingServiceSid", "MG0123456789abcdef0123456789abcdef"),
            ("Webhook:hook:Url", "https://hooks.example.com/otp"),
            ("Webhook:hook:Secrets:0", WebhookDelivery.Secret)));
    }

    [Fact]
    public void Every_fault_of_the_http_providers_is_named_by_its_key_and_none_tells_a_secret()
    {
        var faults = Faults(
            Environments.Production,
            ("Email:0", "sms"),
            ("Phone:0", "hook"),
            ("Smtp:hook:Host", "mail.example.com"),
            ("Smtp:hook:From", "otp@example.com"),
            ("Breaker:FailureRatio", "0"),
            ("Twilio:sms:AccountSid", "AC-hush"),
            ("Twilio:sms:ApiKeySid", "hush"),
            ("Twilio:sms:From", "+1 500"),
            ("Twilio:sms:MessagingServiceSid", "MG"),
            ("Twilio:sms:BaseAddress", "http://api.example.com"),
            ("Twilio:bare:AccountSid", "AC0123456789abcdef0123456789abcdef"),
            ("Webhook:hook:Url", "http://hooks.example.com/hush"),
            ("Webhook:hook:Secrets:0", "whsec_hush"),
            ("Webhook:bad name:Url", "https://user:hush@hooks.example.com/"));

        string[] keys =
        [
            "Otp:Delivery:Email:0: 'sms' does not reach mail addresses", "Otp:Delivery:Smtp:hook: another", "Otp:Delivery:Webhook:hook: another",
            "Otp:Delivery:Phone:0: 'hook' does not reach phones", "Otp:Delivery:Breaker:FailureRatio:", "Otp:Delivery:Twilio:sms:AccountSid ",
            "Otp:Delivery:Twilio:sms:ApiKeySid ", "Otp:Delivery:Twilio:sms:ApiKeySecret ", "Otp:Delivery:Twilio:sms:From or ",
            "Otp:Delivery:Twilio:sms:From is neither", "Otp:Delivery:Twilio:sms:MessagingServiceSid ", "Otp:Delivery:Twilio:sms:BaseAddress ",
            "Otp:Delivery:Twilio:bare:AuthToken ", "Otp:Delivery:Twilio:bare:From or ", "Otp:Delivery:Webhook:hook:Url ",
            "Otp:Delivery:Webhook:hook:Secrets:0 ", "Otp:Delivery:Webhook:bad name: a provider's name", "Otp:Delivery:Webhook:bad name:Url ",
            "Otp:Delivery:Webhook:bad name:Secrets:0 is missing",
        ];
        Assert.All(keys, key => Assert.Single(faults, fault => fault.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.Contains("hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Production", "http://127.0.0.1:8080/otp", 0)]
    [InlineData("Development", "http://hooks.example.com/otp", 0)]
    [InlineData("Staging", "http://hooks.example.com/otp", 1)]
    [InlineData("Development", "ftp://hooks.example.com/otp", 1)]
    public void A_webhook_in_clear_stays_on_this_machine_or_in_development(string environment, string url, int faults) =>
        Assert.Equal(faults, Faults(environment, ("Webhook:hook:Url", url), ("Webhook:hook:Secrets:0", WebhookDelivery.Secret)).Count);

    [Theory]
    [InlineData("ProviderTimeout", "00:00:00")]
    [InlineData("ProviderTimeout", "-00:00:01")]
    [InlineData("TotalTimeout", "00:01:00")]
    public void A_time_out_that_is_no_time_or_too_long_is_a_fault(string key, string value)
    {
        Assert.Contains(Faults((key, value)), fault => fault.StartsWith($"Otp:Delivery:{key}: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("otp@example.com\r\nBcc: eve@evil.example")]
    [InlineData("otp@bücher.example")]
    [InlineData("a@example.com, b@example.com")]
    public void A_sender_that_is_not_one_ascii_address_is_a_fault(string from)
    {
        var faults = Faults(("Email:0", "smtp"), ("Smtp:smtp:Host", "mail.example.com"), ("Smtp:smtp:From", from));

        Assert.StartsWith("Otp:Delivery:Smtp:smtp:From ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inbox", "Production")]
    [InlineData("Discard", "Production")]
    [InlineData("inbox", "Staging")]
    [InlineData("discard", "prod-eu")]
    public void A_provider_that_reaches_nobody_is_refused_in_every_environment_but_those_for_tests(string provider, string environment)
    {
        var program = new ProgramOptions();
        program.Delivery.Phone = ["sms", provider];
        var options = new OtpOptions { Programs = { ["19"] = program } };

        Assert.Equal(
            ["Otp:Delivery:Email:0", "Otp:Programs:19:Delivery:Phone:1"],
            ProgramFaults(environment, options, ("Email:0", provider)).Where(IsOfReach).Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.DoesNotContain(ProgramFaults(Environments.Development, options, ("Email:0", provider)), IsOfReach);
        options.AllowExposedCodes = environment;
        Assert.Equal(environment == Environments.Production, ProgramFaults(environment, options, ("Email:0", provider)).Exists(IsOfReach));

        bool IsOfReach(string fault) => fault.Contains($"'{provider}' sends nothing", StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_lists_an_unknown_provider_is_a_fault_of_the_programs()
    {
        var program = new ProgramOptions();
        program.Delivery.Phone = ["inbox", "pigeon"];

        var faults = ProgramFaults(Environments.Development, new OtpOptions { Programs = { ["19"] = program } });

        Assert.Contains(faults, fault => fault.StartsWith("Otp:Programs:19:Delivery:Phone:1: 'pigeon'", StringComparison.Ordinal));
    }

    private static List<string> ProgramFaults(string environment, OtpOptions options, params (string Key, string Value)[] settings)
    {
        using var services = Services(environment, settings);
        return [.. services.GetServices<IValidateOptions<OtpOptions>>().SelectMany(validator => validator.Validate(null, options).Failures ?? [])];
    }

    [Fact]
    public void Senders_of_calls_and_WhatsApp_messages_are_checked()
    {
        Assert.Empty(Faults([
            .. Sms, ("Twilio:sms:CallFrom", "+15005550006"), ("Twilio:sms:WhatsAppFrom", "+15005550006"), ("Twilio:sms:WhatsAppContentSid", "HX0123456789abcdef0123456789abcdef"),
        ]));
        Assert.Equal(
            [
                "Otp:Delivery:Twilio:sms:CallFrom is not a number in E.164 form, +15005550006.",
                "Otp:Delivery:Twilio:sms:WhatsAppFrom is not a number in E.164 form, +15005550006.",
                "Otp:Delivery:Twilio:sms:WhatsAppContentSid is not a content template's SID: HX and 32 hexadecimal digits.",
            ],
            Faults([.. Sms, ("Twilio:sms:CallFrom", "Demo"), ("Twilio:sms:WhatsAppFrom", "whatsapp:+15005550006"), ("Twilio:sms:WhatsAppContentSid", "HX1")]));
    }

    [Fact]
    public void A_channel_that_no_provider_of_the_program_carries_is_a_fault_that_names_it()
    {
        var program = new ProgramOptions();
        program.Delivery.Phone = ["sms"];
        program.Policy.Fallback = [VerificationChannel.Sms, VerificationChannel.Call];
        program.Purposes[Purpose.Login] = new PolicyOptions { Fallback = [VerificationChannel.WhatsApp] };
        program.Verify.Channels = [VerificationChannel.Sms, VerificationChannel.Email, VerificationChannel.Call];

        Assert.Equal(
            [
                "Otp:Programs:19:Verify:Channels:2: no provider of Otp:Programs:19:Delivery:Phone carries Call.",
                "Otp:Programs:19:Policy:Fallback:1: no provider of Otp:Programs:19:Delivery:Phone carries Call.",
                "Otp:Programs:19:Purposes:Login:Fallback:0: no provider of Otp:Programs:19:Delivery:Phone carries WhatsApp.",
            ],
            FaultsOf(new OtpOptions { Programs = { ["19"] = program } }, Sms));
        Assert.Empty(FaultsOf(new OtpOptions { Programs = { ["19"] = program } }, [.. Sms, ("Twilio:sms:CallFrom", "+15005550006"), ("Twilio:sms:WhatsAppFrom", "+15005550006")]));
    }

    [Fact]
    public void A_WhatsApp_template_that_would_hide_what_a_code_pays_for_is_a_fault()
    {
        var program = new ProgramOptions { Verify = { Psd2 = true, Channels = [VerificationChannel.Sms, VerificationChannel.WhatsApp] } };
        program.Delivery.Phone = ["sms"];
        var options = new OtpOptions { Programs = { ["19"] = program } };
        (string Key, string Value)[] whatsApp = [.. Sms, ("Twilio:sms:WhatsAppFrom", "+15005550006")];
        (string Key, string Value)[] template = [.. whatsApp, ("Twilio:sms:WhatsAppContentSid", "HX0123456789abcdef0123456789abcdef")];

        Assert.StartsWith("Otp:Programs:19:Verify:Channels:1: 'sms' has a WhatsAppContentSid", Assert.Single(FaultsOf(options, template)), StringComparison.Ordinal);
        Assert.Empty(FaultsOf(options, whatsApp));
        program.Verify.Psd2 = false;
        Assert.Empty(FaultsOf(options, template));
    }

    [Fact]
    public void A_fall_back_of_the_service_is_checked_against_the_providers_of_each_program_that_follows_it()
    {
        var own = new ProgramOptions { Policy = { Fallback = [VerificationChannel.Sms] } };
        var options = new OtpOptions { Programs = { ["19"] = new ProgramOptions(), ["20"] = own }, Policy = { Fallback = [VerificationChannel.Call] } };

        Assert.Equal(["Otp:Policy:Fallback:0: no provider of Otp:Delivery:Phone carries Call."], FaultsOf(options, [.. Sms, ("Phone:0", "sms")]));
        Assert.Empty(FaultsOf(options, [.. Sms, ("Phone:0", "sms"), ("Phone:1", "inbox")], "Development"));
    }

    [Theory]
    [InlineData("Production", "https://otp.example.com", 0)]
    [InlineData("Production", "https://otp.example.com:8443/otp/", 0)]
    [InlineData("Production", "http://127.0.0.1:5080", 0)]
    [InlineData("Development", "http://otp.example.com", 0)]
    [InlineData("Production", "http://otp.example.com", 1)]
    [InlineData("Production", "otp.example.com", 1)]
    [InlineData("Production", "https://user@otp.example.com", 1)]
    [InlineData("Production", "https://otp.example.com/?a=b", 1)]
    [InlineData("Production", "https://otp.example.com/#a", 1)]
    public void Address_of_receipts_is_an_https_address(string environment, string address, int faults) =>
        Assert.Equal(faults, FaultsOf(new OtpOptions { Receipts = { BaseUrl = address } }, [], environment).Count);

    [Fact]
    public void A_program_that_hands_over_needs_receipts()
    {
        var options = new OtpOptions { Programs = { ["19"] = new ProgramOptions { Delivery = { HandOverUndelivered = true } } } };

        Assert.StartsWith("Otp:Programs:19:Delivery:HandOverUndelivered: Otp:Receipts:BaseUrl is missing", Assert.Single(FaultsOf(options, [])), StringComparison.Ordinal);
        options.Receipts.BaseUrl = "https://otp.example.com";
        Assert.Empty(FaultsOf(options, []));
    }

    private static (string Key, string Value)[] Sms { get; } =
    [
        ("Twilio:sms:AccountSid", "AC0123456789abcdef0123456789abcdef"),
        ("Twilio:sms:AuthToken", "hush-hush"),
        ("Twilio:sms:From", "+15005550006"),
    ];

    private static List<string> FaultsOf(OtpOptions options, (string Key, string Value)[] delivery, string environment = "Production")
    {
        using var services = Services(environment, delivery);
        return [.. services.GetServices<IValidateOptions<OtpOptions>>().SelectMany(validator => validator.Validate(null, options).Failures ?? [])];
    }

    private static IReadOnlyList<string> Faults(params (string Key, string Value)[] settings) => Faults(Environments.Development, settings);

    private static IReadOnlyList<string> Faults(string environment, params (string Key, string Value)[] settings)
    {
        using var services = Services(environment, settings);
        try
        {
            _ = services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    private static ServiceProvider Services(string environment, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{DeliveryOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IHostEnvironment>(new TestEnvironment { EnvironmentName = environment });
        services.AddLogging().AddDelivery().Configure<DeliveryOptions>(configuration.GetSection(DeliveryOptions.Section));
        return services.BuildServiceProvider();
    }
}
