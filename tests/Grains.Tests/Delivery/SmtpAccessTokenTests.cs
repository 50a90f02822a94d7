using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace Otp.Delivery;

/// <summary>Signing in to a mail server with an OAuth 2.0 access token.</summary>
public sealed class SmtpAccessTokenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("otp-test-token-").FullName;

    public SmtpAccessTokenTests() => File.WriteAllText(TokenFile, "");

    private string TokenFile => Path.Combine(_folder, "token");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("LOGIN PLAIN XOAUTH2", "XOAUTH2 in clear")]
    [InlineData("OAUTHBEARER", "OAUTHBEARER in clear")]
    public async Task It_signs_in_with_the_token_in_a_file_by_the_method_that_the_server_offers(string methods, string used)
    {
        await using var sink = Sink("ya29.first", methods);
        await using var delivery = FromFile(sink);
        await File.WriteAllTextAsync(TokenFile, "ya29.first\n", Cancellation);

        Assert.True((await delivery.DeliverAsync(delivery.Mail())).IsDelivered);

        Assert.Equal([used], sink.SignIns);
    }

    [Fact]
    public async Task A_token_that_changes_in_its_file_is_used_for_the_next_message()
    {
        await using var sink = Sink("first");
        await using var delivery = FromFile(sink);
        await File.WriteAllTextAsync(TokenFile, "first", Cancellation);
        await delivery.DeliverAsync(delivery.Mail());

        sink.AccessToken = "second";
        await File.WriteAllTextAsync(TokenFile, "second", Cancellation);

        Assert.Equal(DeliveryResult.Accepted, await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
        Assert.Equal(2, sink.SignIns.Count);
    }

    [Fact]
    public async Task A_refused_token_that_nobody_renewed_is_tried_once_and_told_as_that()
    {
        await using var sink = Sink("right");
        await using var delivery = FromFile(sink);
        await File.WriteAllTextAsync(TokenFile, "wrong", Cancellation);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed), await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));

        Assert.Equal(["XOAUTH2 in clear"], sink.SignIns);
        Assert.Equal(0, sink.Waiting);
    }

    [Fact]
    public async Task A_server_that_takes_no_tokens_is_told_as_that()
    {
        await using var sink = Sink("right", "LOGIN PLAIN");
        await using var delivery = FromFile(sink);
        await File.WriteAllTextAsync(TokenFile, "right", Cancellation);

        Assert.Equal(
            DeliveryResult.Refused(DeliveryFailure.AuthenticationUnsupported), await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
        Assert.Empty(sink.SignIns);
    }

    [Theory]
    [InlineData(null, "FileUnreadable")]
    [InlineData("", "NotAToken")]
    [InlineData("two words", "NotAToken")]
    [InlineData("{\"error\":\"invalid_grant\"}", "NotAToken")]
    [InlineData("{", "NotAToken")]
    public async Task Without_a_token_nothing_is_sent_and_the_log_says_why(string? content, string fault)
    {
        await using var sink = Sink("right");
        await using var delivery = FromFile(sink);
        Assert.NotNull(delivery.Options);
        File.Delete(TokenFile);
        if (content is not null)
        {
            await File.WriteAllTextAsync(TokenFile, content, Cancellation);
        }

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed), await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));

        Assert.Contains($"Error 2012 smtp has no access token to sign in with: {fault} ", delivery.Log.Lines);
        Assert.Empty(sink.Commands);
    }

    [Fact]
    public async Task A_command_runs_once_for_as_long_as_its_token_lives()
    {
        await using var sink = Sink("token-1");
        await using var delivery = FromCommand(sink, """{"access_token":"token-%s","token_type":"Bearer","expires_in":3600}""");
        await delivery.DeliverAsync(delivery.Mail());
        delivery.Time.Advance(TimeSpan.FromMinutes(59) - TimeSpan.FromTicks(1));
        Assert.Equal(DeliveryResult.Accepted, await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));

        sink.AccessToken = "token-2";
        delivery.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(DeliveryResult.Accepted, await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
        Assert.Equal(3, sink.SignIns.Count);
    }

    [Fact]
    public async Task A_token_that_is_refused_before_its_end_is_renewed_and_the_message_sent_all_the_same()
    {
        await using var sink = Sink("token-1");
        await using var delivery = FromCommand(sink, "token-%s");
        await delivery.DeliverAsync(delivery.Mail());
        sink.AccessToken = "token-2";

        Assert.Equal(DeliveryResult.Accepted, await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));

        Assert.Equal(3, sink.SignIns.Count);
    }

    [Fact]
    public async Task Messages_that_need_a_token_at_once_run_the_command_once()
    {
        await using var sink = Sink("token-1");
        await using var delivery = FromCommand(sink, "token-%s");

        var delivered = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => delivery.DeliverAsync(delivery.Mail())));

        Assert.All(delivered, outcome => Assert.True(outcome.IsDelivered));
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(_folder, "count"), Cancellation));
    }

    [Theory]
    [InlineData("echo canary >&2; exit 3")]
    [InlineData("exit 0")]
    [InlineData("head -c 40000 /dev/zero | tr '\\0' x; cat /dev/zero")]
    public async Task A_command_without_a_token_is_told_without_its_words(string script)
    {
        await using var sink = Sink("right");
        await using var delivery = To(sink, smtp => smtp.AccessTokenCommand = ["/bin/sh", "-c", script]);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed), await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));

        Assert.Contains(delivery.Log.Lines, line => line.StartsWith("Error 2012 smtp has no access token", StringComparison.Ordinal));
        Assert.DoesNotContain(delivery.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_too()
    {
        await using var sink = Sink("right");
        await using var delivery = To(sink, smtp => smtp.AccessTokenCommand = [Path.Combine(_folder, "absent")]);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed), await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
        Assert.Contains("Error 2012 smtp has no access token to sign in with: CommandFailed ", delivery.Log.Lines);
    }

    [Theory]
    [InlineData("exec sleep 1000")]
    [InlineData("sleep 1000 & wait")]
    public async Task A_command_that_does_not_end_is_ended_after_ten_seconds(string script)
    {
        await using var sink = Sink("right");
        await using var delivery = To(sink, smtp => smtp.AccessTokenCommand = ["/bin/sh", "-c", $"echo $$ > '{TokenFile}'; {script}"]);
        var asked = delivery.AskAsync("smtp", delivery.Mail(), Cancellation);
        string id;
        while (!(id = await File.ReadAllTextAsync(TokenFile, Cancellation)).EndsWith('\n'))
        {
            await Task.Yield();
        }

        using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
        delivery.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed), await asked);
        Assert.Contains("Error 2012 smtp has no access token to sign in with: CommandTimeout ", delivery.Log.Lines);
        await process.WaitForExitAsync(Cancellation);
    }

    [Fact]
    public async Task A_fault_that_nobody_expects_does_not_keep_the_command_from_running_for_the_next_message()
    {
        var tokens = new AccessTokens("smtp", new SmtpOptions { AccessTokenCommand = ["/bin/echo", "token"] }, new OnceWithoutTimer(), NullLogger.Instance);

        await Assert.ThrowsAsync<NotSupportedException>(() => tokens.GetAsync(refused: null, Cancellation));

        Assert.Equal("token", await tokens.GetAsync(refused: null, Cancellation));
    }

    private static SmtpSink Sink(string token, string methods = "LOGIN PLAIN XOAUTH2") =>
        new() { Account = new NetworkCredential("mailer", "-"), AuthMethods = methods, AccessToken = token };

    private DeliveryFixture FromFile(SmtpSink sink) => To(sink, smtp => smtp.AccessTokenFile = TokenFile);

    /// <summary>A command that counts its runs, and writes the count where the text has <c>%s</c>.</summary>
    private DeliveryFixture FromCommand(SmtpSink sink, string text)
    {
        var count = Path.Combine(_folder, "count");
        var script = $"n=$(($(cat '{count}' 2>/dev/null || echo 0) + 1)); printf %s $n > '{count}'; printf '{text}\\n' $n";
        return To(sink, smtp => smtp.AccessTokenCommand = ["/bin/sh", "-c", script]);
    }

    private static DeliveryFixture To(SmtpSink sink, Action<SmtpOptions> configure) => SmtpDelivery.To(sink, smtp =>
    {
        smtp.UserName = "mailer";
        configure(smtp);
    });

    /// <summary>A clock that cannot be waited for at first.</summary>
    private sealed class OnceWithoutTimer : TimeProvider
    {
        private bool _isAsked;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var wasAsked = _isAsked;
            _isAsked = true;
            return wasAsked ? base.CreateTimer(callback, state, dueTime, period) : throw new NotSupportedException();
        }
    }
}
