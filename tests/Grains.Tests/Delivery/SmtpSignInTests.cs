using System.Net;

namespace Otp.Delivery;

/// <summary>Signing in to a mail server with a password.</summary>
public sealed class SmtpSignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("LOGIN PLAIN", "PLAIN in clear")]
    [InlineData("LOGIN", "LOGIN in clear")]
    [InlineData("GSSAPI plain", "PLAIN in clear")]
    public async Task It_signs_in_by_the_methods_that_the_server_offers(string methods, string used)
    {
        await using var sink = new SmtpSink { Account = new NetworkCredential("mailer", "pässword"), AuthMethods = methods };
        await using var delivery = SmtpDelivery.To(sink, smtp => (smtp.UserName, smtp.Password) = ("mailer", "pässword"));

        Assert.True((await delivery.DeliverAsync(delivery.Mail())).IsDelivered);

        Assert.Equal([used], sink.SignIns);
    }

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("PLAIN")]
    [InlineData("LOGIN PLAIN")]
    public async Task A_refused_sign_in_sends_nothing(string methods)
    {
        await using var sink = new SmtpSink { Account = new NetworkCredential("mailer", "right"), AuthMethods = methods };
        await using var delivery = SmtpDelivery.To(sink, smtp => (smtp.UserName, smtp.Password) = ("mailer", "wrong"));

        var result = await delivery.AskAsync("smtp", delivery.Mail(), Cancellation);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed), result);
        Assert.Equal(0, sink.Waiting);
    }

    [Theory]
    [InlineData("LOGIN PLAIN CRAM-MD5")]
    [InlineData("LOGIN PLAIN")]
    public async Task A_wrong_password_is_tried_once(string methods)
    {
        await using var sink = new SmtpSink
        {
            Account = new NetworkCredential("mailer", "right"),
            AuthMethods = methods,
            UnknownAuthMethods = ["CRAM-MD5"],
        };
        await using var delivery = SmtpDelivery.To(sink, smtp => (smtp.UserName, smtp.Password) = ("mailer", "wrong"));

        await delivery.AskAsync("smtp", delivery.Mail(), Cancellation);
        await sink.AllClosed();

        Assert.Equal(["PLAIN in clear"], sink.SignIns);
    }

    [Theory]
    [InlineData("GSSAPI")]
    [InlineData("XOAUTH2 OAUTHBEARER")]
    public async Task A_server_that_offers_no_known_way_to_sign_in_is_told_as_that(string methods)
    {
        await using var sink = new SmtpSink { Account = new NetworkCredential("mailer", "right"), AuthMethods = methods };
        await using var delivery = SmtpDelivery.To(sink, smtp => (smtp.UserName, smtp.Password) = ("mailer", "right"));

        var result = await delivery.AskAsync("smtp", delivery.Mail(), Cancellation);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationUnsupported), result);
        Assert.Empty(sink.SignIns);
        await sink.AllClosed();
    }

    [Fact]
    public async Task A_server_that_knows_none_of_the_methods_that_it_offers_is_told_as_that_too()
    {
        await using var sink = new SmtpSink { Account = new NetworkCredential("mailer", "right"), UnknownAuthMethods = ["PLAIN", "LOGIN"] };
        await using var delivery = SmtpDelivery.To(sink, smtp => (smtp.UserName, smtp.Password) = ("mailer", "right"));

        var result = await delivery.AskAsync("smtp", delivery.Mail(), Cancellation);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationUnsupported), result);
        await sink.AllClosed();
    }

    [Fact]
    public async Task A_method_that_the_server_offers_and_then_does_not_know_is_followed_by_the_next()
    {
        await using var sink = new SmtpSink { Account = new NetworkCredential("mailer", "right"), UnknownAuthMethods = ["PLAIN"] };
        await using var delivery = SmtpDelivery.To(sink, smtp => (smtp.UserName, smtp.Password) = ("mailer", "right"));

        Assert.True((await delivery.DeliverAsync(delivery.Mail())).IsDelivered);

        Assert.Equal(["LOGIN in clear"], sink.SignIns);
    }
}
