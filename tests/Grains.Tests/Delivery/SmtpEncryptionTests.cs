using System.Net;

namespace Otp.Delivery;

public sealed class SmtpEncryptionTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trusted_server_gets_sign_in_and_mail_encrypted()
    {
        using var certificate = _authority.Issue("127.0.0.1");
        await using var sink = new SmtpSink { Certificate = certificate, Account = new NetworkCredential("mailer", "secret") };
        await using var delivery = Encrypted(sink, smtp => (smtp.CaFile, smtp.UserName, smtp.Password) = (_authority.CaFile, "mailer", "secret"));

        Assert.True((await delivery.DeliverAsync(delivery.Mail())).IsDelivered);

        Assert.True((await sink.ReceiveAsync()).Encrypted);
        Assert.Equal(["PLAIN encrypted"], sink.SignIns);
        await sink.AllClosed();
    }

    [Fact]
    public async Task Encryption_from_the_first_byte_is_as_good()
    {
        using var certificate = _authority.Issue("127.0.0.1");
        await using var sink = new SmtpSink { Certificate = certificate, HasImplicitTls = true, Account = new NetworkCredential("mailer", "secret") };
        await using var delivery = Encrypted(sink, smtp =>
        {
            (smtp.StartTls, smtp.CaFile) = (StartTls.Implicit, _authority.CaFile);
            (smtp.UserName, smtp.Password) = ("mailer", "secret");
        });

        Assert.True((await delivery.DeliverAsync(delivery.Mail())).IsDelivered);

        Assert.True((await sink.ReceiveAsync()).Encrypted);
        Assert.Equal(["PLAIN encrypted"], sink.SignIns);
        Assert.DoesNotContain("STARTTLS", sink.Commands);
    }

    [Fact]
    public async Task An_untrusted_server_that_encrypts_from_the_first_byte_gets_nothing()
    {
        using var certificate = _authority.Issue("127.0.0.1");
        await using var sink = new SmtpSink { Certificate = certificate, HasImplicitTls = true };
        await using var delivery = Encrypted(sink, smtp => smtp.StartTls = StartTls.Implicit);

        await RefusedAsync(delivery, sink, DeliveryFailure.TlsFailed);
    }

    [Theory]
    [InlineData(465, StartTls.Required, "SslOnConnect")]
    [InlineData(587, StartTls.Required, "StartTls")]
    [InlineData(587, StartTls.Implicit, "SslOnConnect")]
    [InlineData(465, StartTls.None, "None")]
    public void On_port_465_encryption_begins_with_the_connection(int port, StartTls setting, string mode) =>
        Assert.Equal(mode, new SmtpOptions { Port = port, StartTls = setting }.Security.ToString());

    [Fact]
    public async Task A_server_that_the_system_does_not_trust_gets_nothing()
    {
        using var certificate = _authority.Issue("127.0.0.1");
        await using var sink = new SmtpSink { Certificate = certificate };
        await using var delivery = Encrypted(sink);

        await RefusedAsync(delivery, sink, DeliveryFailure.TlsFailed);
    }

    [Theory]
    [InlineData("other.example", false)]
    [InlineData("127.0.0.1", true)]
    public async Task A_certificate_for_another_name_or_another_time_is_not_trusted(string name, bool expired)
    {
        using var certificate = _authority.Issue(name, expired);
        await using var sink = new SmtpSink { Certificate = certificate };
        await using var delivery = Encrypted(sink, smtp => smtp.CaFile = _authority.CaFile);

        await RefusedAsync(delivery, sink, DeliveryFailure.TlsFailed);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_not_trusted()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.Issue("127.0.0.1");
        await using var sink = new SmtpSink { Certificate = certificate };
        await using var delivery = Encrypted(sink, smtp => smtp.CaFile = _authority.CaFile);

        await RefusedAsync(delivery, sink, DeliveryFailure.TlsFailed);
    }

    [Fact]
    public async Task A_server_without_encryption_gets_neither_sign_in_nor_mail()
    {
        await using var sink = new SmtpSink { Account = new NetworkCredential("mailer", "secret") };
        await using var delivery = Encrypted(sink, smtp => (smtp.UserName, smtp.Password) = ("mailer", "secret"));

        await RefusedAsync(delivery, sink, DeliveryFailure.TlsFailed);
        Assert.Empty(sink.SignIns);
    }

    [Theory]
    [InlineData("454 4.7.0 not now", DeliveryFailure.TlsFailed)]
    [InlineData("220 go ahead\r\n250-injected\r\n250 AUTH PLAIN", DeliveryFailure.ProtocolError)]
    public async Task A_server_that_offers_encryption_and_then_plays_false_gets_nothing(string reply, DeliveryFailure failure)
    {
        using var certificate = _authority.Issue("127.0.0.1");
        await using var sink = new SmtpSink { Certificate = certificate, FaultStage = SmtpStage.StartTls, FaultReply = reply };
        await using var delivery = Encrypted(sink, smtp => smtp.CaFile = _authority.CaFile);

        await RefusedAsync(delivery, sink, failure);
    }

    [Theory]
    [InlineData(SmtpStage.StartTls)]
    [InlineData(SmtpStage.Handshake)]
    [InlineData(SmtpStage.EhloEncrypted)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task A_server_that_hangs_holds_nobody_past_cancellation_and_no_connection_stays(SmtpStage stage)
    {
        using var certificate = _authority.Issue("127.0.0.1");
        await using var sink = new SmtpSink { Certificate = certificate, FaultStage = stage, FaultAction = SinkAction.Hang };
        await using var delivery = Encrypted(sink, smtp => smtp.CaFile = _authority.CaFile);
        using var cancellation = new CancellationTokenSource();

        var delivering = delivery.AskAsync("smtp", delivery.Mail(), cancellation.Token);
        await sink.Reached(stage);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);
        await sink.AllClosed();
    }

    public void Dispose() => _authority.Dispose();

    private static DeliveryFixture Encrypted(SmtpSink sink, Action<SmtpOptions>? configure = null) => SmtpDelivery.To(sink, smtp =>
    {
        smtp.StartTls = StartTls.Required;
        configure?.Invoke(smtp);
    });

    private static async Task RefusedAsync(DeliveryFixture delivery, SmtpSink sink, DeliveryFailure failure)
    {
        Assert.Equal(DeliveryResult.Refused(failure), await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
        Assert.Equal(0, sink.Waiting);
        await sink.AllClosed();
    }
}
