namespace Otp.Delivery;

public sealed class RealMailServerTests
{
    [Theory]
    [InlineData("Demo")]
    [InlineData("Kaffee & Küche, seit 1999 — Mitgliederprogramm für alle unsere Gäste 🎉")]
    public async Task A_real_server_takes_the_mail_and_a_real_parser_reads_it(string program)
    {
        var python = await PythonAsync();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = await AioSmtpd.StartAsync(python, certificate);
        await using var delivery = Delivery(server, authority, password: "secret");
        var message = delivery.Mail(program: program);

        Assert.Equal("smtp", (await delivery.DeliverAsync(message)).Provider);

        var mail = await server.ReceiveAsync();
        Assert.True(mail.Encrypted);
        Assert.Empty(mail.Defects);
        Assert.Equal("otp@sender.example", mail.From);
        Assert.Equal(["jane.doe@example.com"], mail.To);
        Assert.Equal("Grüße <otp@sender.example>", mail.Sender);
        Assert.Equal(message.Subject, mail.Subject);
        Assert.Equal("multipart/alternative", mail.ContentType);
        Assert.Equal(message.Text.TrimEnd(), mail.Text.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal(message.Html!.TrimEnd(), mail.Html.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public async Task A_real_server_refuses_a_wrong_password()
    {
        var python = await PythonAsync();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = await AioSmtpd.StartAsync(python, certificate);
        await using var delivery = Delivery(server, authority, password: "wrong");

        Assert.Equal(
            DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed),
            await delivery.AskAsync("smtp", delivery.Mail(), TestContext.Current.CancellationToken));
    }

    private static DeliveryFixture Delivery(AioSmtpd server, TestAuthority authority, string password) => SmtpDelivery.To(server.Port, smtp =>
    {
        smtp.StartTls = StartTls.Required;
        smtp.CaFile = authority.CaFile;
        smtp.From = "Grüße <otp@sender.example>";
        (smtp.UserName, smtp.Password) = ("mailer", password);
    });

    /// <summary>The Python to run the server with; without one the test is skipped, or fails where it must not be.</summary>
    private static async Task<string> PythonAsync()
    {
        var python = await AioSmtpd.FindPythonAsync();
        if (Environment.GetEnvironmentVariable("OTP_REQUIRE_AIOSMTPD") != "1")
        {
            Assert.SkipWhen(python is null, "aiosmtpd is not installed (Debian: python3-aiosmtpd)");
        }

        return python ?? throw new InvalidOperationException("aiosmtpd is required here and not installed.");
    }
}
