using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Delivery;

public sealed class TemplateSettingsTests : IDisposable
{
    private readonly LogCapture _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Settings_make_templates_of_texts_and_files()
    {
        var folder = Directory.CreateTempSubdirectory("otp-templates-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "login.html"), "<b>{{code}}</b>\n");
            var options = Read(
                folder.FullName,
                ("Programs:19:Templates:login:email:pt-BR:subject", "O seu código"),
                ("Programs:19:Templates:login:email:pt-BR:text", "{{code}}"),
                ("Programs:19:Templates:login:email:pt-BR:htmlFile", "login.html"));

            var mail = TestMessages.Mail(new OtpProgram("19", options.Programs["19"], options), Purpose.Login, "pt-BR");

            Assert.Equal(("O seu código", "271828", "<b>271828</b>"), (mail.Subject, mail.Text, mail.Html));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_fault_is_told_at_once_by_its_key()
    {
        var faults = Faults(
            ("Programs:a:Templates:Login:Email:default:Subject", "{{code"),
            ("Programs:a:Templates:Login:Email:default:Text", "{{cod}} {{code}}"),
            ("Programs:a:Templates:Login:Email:default:Html", "{{code}} {{#if domain}}{{upper program}}{{/if}}"),
            ("Programs:a:Templates:Login:Email:fr:Text", "{{program}}"),
            ("Programs:a:Templates:Login:Email:nl:SubjectFile", "/no/such/file"),
            ("Programs:a:Templates:Login:Email:nl:Text", "{{#if minutes}}{{code}}{{/if}}"),
            ("Programs:a:Templates:Login:Phone:default:Subject", "no"),
            ("Programs:a:Templates:Login:Phone:default:Text", "{{code}} {{> footer}}"),
            ("Programs:a:Templates:Signin:Phone:default:Text", "{{code}}"),
            ("Programs:a:Templates:7:Phone:default:Text", "{{code}}"),
            ("Programs:a:Templates:TwoFA:Phone:p%C3%A9:Text", "{{code}}"),
            ("Programs:a:Templates:TwoFA:Phone:pt-BR:Text", "{{code}}"),
            ("Programs:a:Templates:TwoFA:Phone:pt_BR:Text", "{{code}}"),
            ("Programs:a:Templates:Activation:Mail:default:Text", "{{code}}"),
            ("Templates:default:Email:default:Subject", "s"),
            ("Templates:default:Email:default:Text", "{{code}}"),
            ("Templates:default:Email:default:Html", "{{code}} {{{program}}}"),
            ("Templates:default:Phone:default:Text", "{{code}}"),
            ("Templates:default:Phone:default:TextFile", "both"));

        string[] keys =
        [
            "Otp:Programs:a:Templates:Login:Email:default:Subject: ",
            "Otp:Programs:a:Templates:Login:Email:default:Text: cod is undefined",
            "Otp:Programs:a:Templates:Login:Email:default:Html: upper is undefined",
            "Otp:Programs:a:Templates:Login:Email:fr:Subject is missing",
            "Otp:Programs:a:Templates:Login:Email:fr:Text does not contain the code",
            "Otp:Programs:a:Templates:Login:Email:nl:SubjectFile: '/no/such/file' cannot be read",
            "Otp:Programs:a:Templates:Login:Email:nl:Text is empty",
            "Otp:Programs:a:Templates:Login:Phone:default:Subject: an SMS has only a Text",
            "Otp:Programs:a:Templates:Login:Phone:default:Text: Referenced partial name 'footer'",
            "Otp:Programs:a:Templates:Signin:Phone:default: 'Signin' is neither a purpose",
            "Otp:Programs:a:Templates:7:Phone:default: '7' is neither a purpose",
            "Otp:Programs:a:Templates:TwoFA:Phone:p%C3%A9: 'p%C3%A9' is neither a language tag",
            "Otp:Programs:a:Templates:TwoFA:Phone:pt_BR: another key names the same locale",
            "Otp:Programs:a:Templates:Activation:Mail is not a setting",
            "Otp:Templates:default:Email:default:Html writes a value without escaping it",
            "Otp:Templates:default:Phone:default:TextFile: Otp:Templates:default:Phone:default:Text is set too",
        ];
        Assert.All(keys, key => Assert.Contains(faults, fault => fault.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
    }

    [Fact]
    public void What_is_said_in_a_call_is_a_text_with_the_spelled_code()
    {
        Read("/", ("Templates:default:Call:pt:Text", "O seu código é {{code}}."));

        Assert.Equal(
            ["Otp:Templates:default:Call:pt:Subject: a call has only a Text.", "Otp:Templates:default:Call:pt:Text does not contain the code, {{code}}."],
            Faults(("Templates:default:Call:pt:Subject", "{{code}}"), ("Templates:default:Call:pt:Text", "O seu código é secreto.")));
    }

    [Fact]
    public void A_template_reaches_no_file()
    {
        var faults = Faults(("Templates:default:Phone:default:Text", "{{code}} {{> \"/etc/passwd\"}}"));

        Assert.StartsWith("Otp:Templates:default:Phone:default:Text: ", Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain("root:", faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_sms_is_a_warning_and_a_short_one_none()
    {
        Read(
            "/",
            ("Programs:19:Templates:Login:Phone:default:Text", $"{{{{code}}}} {new string('x', 160)}"),
            ("Programs:19:Templates:Login:Phone:zh:Text", $"{{{{code}}}} {new string('星', 64)}"),
            ("Programs:19:Templates:Login:Phone:en:Text", $"{{{{code}}}} {new string('x', 150)}"));

        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning 2010 Otp:Programs:19:Templates:Login:Phone:default:Text takes 2 SMS segments", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning 2010 Otp:Programs:19:Templates:Login:Phone:zh:Text takes 2 SMS segments", StringComparison.Ordinal));
    }

    [Fact]
    public void A_programs_sender_and_domain_are_checked()
    {
        var faults = Faults(
            ("Programs:a:Sender:Email", "otp@example.com\r\nBcc: eve@evil.example"),
            ("Programs:a:Sender:Phone", "a name that is too long"),
            ("Programs:a:Domain", "https://example.com"));

        Assert.Equal(3, faults.Count);
        Assert.Contains(faults, fault => fault.StartsWith("Otp:Programs:a:Sender:Email ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Otp:Programs:a:Sender:Phone ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Otp:Programs:a:Domain ", StringComparison.Ordinal));
    }

    private List<string> Faults(params (string Key, string Value)[] settings)
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Read("/", settings));
        return [.. thrown.Failures];
    }

    private OtpOptions Read(string contentRoot, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{OtpOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IHostEnvironment>(new TestEnvironment { ContentRootPath = contentRoot });
        services.AddLogging(logging => logging.AddProvider(_log));
        services.AddSingleton(NoGrains.Factory());
        services.AddOtp(configuration.GetSection(OtpOptions.Section), embedded: true).AddDelivery();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<OtpOptions>>().Value;
    }
}
