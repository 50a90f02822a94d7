using Otp.Programs;

namespace Otp.Delivery;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("pt-BR", Purpose.Login, "program login pt-BR")]
    [InlineData("pt-br", Purpose.Login, "program login pt-BR")]
    [InlineData("pt-BR", Purpose.TwoFA, "program pt")]
    [InlineData("pt-PT", Purpose.Login, "program pt")]
    [InlineData("pt", Purpose.Login, "program pt")]
    [InlineData("fr", Purpose.Login, "program login")]
    [InlineData(null, Purpose.Login, "program login")]
    [InlineData(null, Purpose.TwoFA, "service")]
    [InlineData("de-CH", Purpose.TwoFA, "service de")]
    [InlineData("de-CH", Purpose.Login, "program login")]
    [InlineData("", Purpose.TwoFA, "service")]
    [InlineData("--", Purpose.TwoFA, "service")]
    [InlineData("fr,de-CH,pt-BR", Purpose.Login, "program login pt-BR")]
    [InlineData("pt-PT,de", Purpose.Login, "program pt")]
    [InlineData("fr,de-CH", Purpose.TwoFA, "service de")]
    [InlineData("fr,it", Purpose.Login, "program login")]
    public void A_message_is_the_programs_own_and_the_readers_language_as_far_as_there_is_one(string? locale, Purpose purpose, string expected)
    {
        var program = TestProgram.Of(
            own =>
            {
                own.Templates["Login"] = new() { Email = { ["pt_BR"] = Named("program login pt-BR"), ["default"] = Named("program login") } };
                own.Templates["default"] = new() { Email = { ["pt"] = Named("program pt") } };
            },
            service => service.Templates["default"] = new() { Email = { ["default"] = Named("service"), ["de"] = Named("service de") } });

        Assert.Equal(expected, TestMessages.Mail(program, purpose, locale).Subject);
    }

    [Fact]
    public void A_message_says_which_language_was_asked_for_first() =>
        Assert.Equal(("pt-BR", null), (TestMessages.Mail(TestProgram.Of(_ => { }), locale: "pt-BR,en").Locale, TestMessages.Mail(TestProgram.Of(_ => { })).Locale));

    [Fact]
    public void Where_nothing_fits_the_built_in_message_is_sent()
    {
        var program = TestProgram.Of(own => own.Templates["Login"] = new() { Email = { ["pt"] = Named("pt") } });

        Assert.Equal("Your Demo code", TestMessages.Mail(program, Purpose.Login, "en").Subject);
        Assert.Equal("Your Demo code", TestMessages.Mail(program, Purpose.TwoFA, "pt").Subject);
        Assert.StartsWith("271828 is your Demo code", TestMessages.Sms(program, Purpose.Login, "pt").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_breaks_costs_nobody_the_code()
    {
        var program = TestProgram.Of(own => own.Templates["default"] = new() { Phone = { ["default"] = new() { Text = "{{code}} {{nothing}}" } } });

        Assert.StartsWith("271828 is your Demo code", TestMessages.Sms(program).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_can_say_everything_that_there_is_to_say()
    {
        var program = TestProgram.Of(own =>
        {
            own.Domain = "example.com";
            own.Templates["default"] = new()
            {
                Phone = { ["default"] = new() { Text = "{{code}}|{{program}}|{{purpose}}|{{minutes}}|{{lifetime}}|{{#if domain}}@{{domain}} #{{code}}{{/if}}" } },
            };
        });

        Assert.Equal("271828|Demo|sign in|5|5 minutes|@example.com #271828", TestMessages.Sms(program, Purpose.Login).Text);
    }

    [Fact]
    public void Values_are_escaped_in_html_and_nowhere_else()
    {
        var mail = TestMessages.Mail(TestProgram.Of(own =>
        {
            own.Name = "<i>\"Müller\" & Söhne</i>";
            own.Templates["default"] = new() { Email = { ["default"] = TestMessages.MailTemplate("{{program}}", "{{program}} {{code}}", "<p>{{program}} {{code}}</p>") } };
        }));

        Assert.Equal("<i>\"Müller\" & Söhne</i>", mail.Subject);
        Assert.Equal("<i>\"Müller\" & Söhne</i> 271828", mail.Text);
        Assert.DoesNotContain("<i>", mail.Html, StringComparison.Ordinal);
        Assert.Equal("<p><i>\"Müller\" & Söhne</i> 271828</p>", System.Net.WebUtility.HtmlDecode(mail.Html));
    }

    [Theory]
    [InlineData("{{program}} code", "De\r\nBcc: eve@evil.example\r\n\r\nmo")]
    [InlineData("Your\r\nBcc: eve@evil.example\ncode", "Demo")]
    [InlineData("{{{program}}}", "De\u2028mo\0")]
    public void A_subject_is_one_line_whatever_is_in_it(string subject, string program)
    {
        var mail = TestMessages.Mail(TestProgram.Of(own =>
        {
            own.Name = program;
            own.Templates["default"] = new() { Email = { ["default"] = TestMessages.MailTemplate(subject) } };
        }));

        Assert.DoesNotMatch(@"[\p{Cc}\u2028\u2029]", mail.Subject);
    }

    [Fact]
    public async Task Nothing_in_a_template_reaches_the_mail_servers_ear_but_as_text()
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);
        var message = TestMessages.Mail(TestProgram.Of(own =>
        {
            own.Name = "De\r\nBcc: eve@evil.example\r\nmo";
            own.Templates["default"] = new()
            {
                Email = { ["default"] = TestMessages.MailTemplate("{{program}}", "{{program}} {{code}}\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n", "<p>.\r\n.\r\n{{code}}</p>") },
            };
        }));

        Assert.True((await delivery.DeliverAsync(message)).IsDelivered);

        var mail = await sink.ReceiveAsync();
        Assert.Equal(["jane.doe@example.com"], mail.To);
        Assert.False(mail.Headers.ContainsKey("Bcc"));
        Assert.Equal("De  Bcc: eve@evil.example  mo", mail.Subject);
        Assert.Contains("\n.\nMAIL FROM:<eve@evil.example>", mail.Text, StringComparison.Ordinal);
        Assert.Equal(0, sink.Waiting);
    }

    [Fact]
    public async Task A_mail_without_html_is_sent_as_text_alone()
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);
        var message = TestMessages.Mail(TestProgram.Of(own => own.Templates["default"] = new() { Email = { ["default"] = Named("s") } }));

        await delivery.DeliverAsync(message);

        Assert.Equal("text/plain; charset=utf-8", Assert.Single((await sink.ReceiveAsync()).Parts).Type);
    }

    [Fact]
    public async Task The_programs_sender_is_the_mails()
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);
        var message = TestMessages.Mail(TestProgram.Of(own => own.Sender.Email = "Demo Shop <shop@demo.example>"));

        await delivery.DeliverAsync(message);

        var mail = await sink.ReceiveAsync();
        Assert.Equal("shop@demo.example", mail.From);
        Assert.Equal("Demo Shop <shop@demo.example>", mail.Headers["From"]);
    }

    private static TemplateOptions Named(string name) => TestMessages.MailTemplate(name);
}
