namespace Otp.Delivery;

public sealed class SmtpProviderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_with_subject_text_and_html()
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);

        Assert.Equal("smtp", (await delivery.DeliverAsync(delivery.Mail())).Provider);

        var mail = await sink.ReceiveAsync();
        Assert.Equal("otp@sender.example", mail.From);
        Assert.Equal(["jane.doe@example.com"], mail.To);
        Assert.Equal("Your Demo code", mail.Subject);
        Assert.Contains("271828 is your Demo code to confirm that it is you.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("5 minutes", mail.Text, StringComparison.Ordinal);
        Assert.Contains(">271828</p>", mail.Html, StringComparison.Ordinal);
        await sink.AllClosed();
    }

    [Fact]
    public async Task A_mail_names_its_sender_its_time_and_itself_and_says_that_it_is_automatic()
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink, smtp => smtp.From = "\"Grüße, Co\" <otp@sender.example>");
        delivery.Time.Advance(TimeSpan.FromSeconds(3));

        await delivery.DeliverAsync(delivery.Mail());
        await delivery.DeliverAsync(delivery.Mail());

        var (mail, next) = (await sink.ReceiveAsync(), await sink.ReceiveAsync());
        Assert.Equal(delivery.Time.GetUtcNow(), DateTimeOffset.Parse(mail.Headers["Date"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.EndsWith("+0000", mail.Headers["Date"], StringComparison.Ordinal);
        Assert.Matches("^<[0-9a-f]{32}@sender.example>$", mail.Headers["Message-ID"]);
        Assert.NotEqual(mail.Headers["Message-ID"], next.Headers["Message-ID"]);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("jane.doe@example.com", mail.Headers["To"]);
        Assert.Equal("Grüße, Co <otp@sender.example>", ReceivedMail.DecodeWords(mail.Headers["From"]));
        Assert.Equal(["text/plain; charset=utf-8", "text/html; charset=utf-8"], mail.Parts.Select(part => part.Type));
    }

    [Theory]
    [InlineData("Kaffee & Küche")]
    [InlineData("星巴克咖啡公司的会员计划以及所有其他非常长的名称都应该保持完整")]
    [InlineData("=?utf-8?B?bm90IG91cnM=?=")]
    [InlineData("...dots\n.\n..and <b>\"quotes\"</b> = signs 🎉")]
    public async Task Any_program_name_arrives_as_it_is(string name)
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);
        var message = delivery.Mail(program: name);

        await delivery.DeliverAsync(message);

        var mail = await sink.ReceiveAsync();
        Assert.Equal(message.Subject, mail.Subject);
        Assert.Equal(message.Text.ReplaceLineEndings("\n").Trim(), mail.Text.Trim());
        Assert.Equal(message.Html!.ReplaceLineEndings("\n").Trim(), mail.Html.Trim());
        Assert.All(mail.Content.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.All(mail.Content, c => Assert.True(c is '\r' or '\n' or (>= ' ' and <= '~')));
    }

    [Fact]
    public async Task Text_of_any_shape_survives_the_transfer()
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);
        var lines = Enumerable.Range(70, 12).Select(n => new string('a', n) + ".x ").Append(".").Append("..").Append("tab\t").Append(new string('.', 200));
        var text = string.Join('\n', lines) + "\n";

        await delivery.DeliverAsync(delivery.Mail() with { Text = text });

        var mail = await sink.ReceiveAsync();
        Assert.Equal(text.TrimEnd('\n'), mail.Text.TrimEnd('\n'));
        Assert.All(mail.Content.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public async Task Nothing_in_a_program_name_or_subject_adds_a_header()
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);
        var message = delivery.Mail(program: "Demo\r\nBcc: eve@evil.example") with { Subject = "Hello\r\nBcc: eve@evil.example\r\n\r\nbody" };

        await delivery.DeliverAsync(message);

        var mail = await sink.ReceiveAsync();
        Assert.DoesNotContain("Bcc", mail.Headers.Keys);
        Assert.Equal(["jane.doe@example.com"], mail.To);
    }

    [Theory]
    [InlineData("a@b.example>\r\nRCPT TO:<eve@evil.example")]
    [InlineData("a@b.example> NOTIFY=NEVER")]
    [InlineData("\"a b\"@b.example")]
    [InlineData("no-at-sign")]
    public async Task An_address_that_could_bend_a_command_is_refused_unsaid(string address)
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);

        var result = await delivery.AskAsync("smtp", delivery.Mail(address), Cancellation);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.RecipientRefused), result);
        Assert.Equal(0, sink.Waiting);
    }

    [Theory]
    [InlineData(null, "EHLO [127.0.0.1]")]
    [InlineData("mail.example.com", "EHLO mail.example.com")]
    [InlineData("192.0.2.1", "EHLO [192.0.2.1]")]
    [InlineData("2001:db8::1", "EHLO [IPv6:2001:db8::1]")]
    public async Task It_names_itself_by_its_address_or_as_set(string? name, string greeting)
    {
        await using var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink, smtp => smtp.EhloName = name);

        Assert.True((await delivery.DeliverAsync(delivery.Mail())).IsDelivered);

        Assert.Contains(greeting, sink.Commands);
    }

    [Fact]
    public async Task A_server_that_takes_commands_in_a_row_gets_them_one_by_one()
    {
        await using var sink = new SmtpSink { Extension = "PIPELINING", FaultStage = SmtpStage.RcptTo, FaultReply = "550 5.1.1 nobody here" };
        await using var delivery = SmtpDelivery.To(sink);

        Assert.Equal(
            DeliveryResult.Refused(DeliveryFailure.RecipientUnreachable),
            await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
        Assert.DoesNotContain("DATA", sink.Commands);
    }

    [Fact]
    public async Task A_refusal_ends_the_dialogue_and_nothing_is_asked_after_it()
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.RcptTo, FaultReply = "550 5.1.1 nobody here" };
        await using var delivery = SmtpDelivery.To(sink);

        await delivery.AskAsync("smtp", delivery.Mail(), Cancellation);
        await sink.AllClosed();

        Assert.Equal("RCPT TO:<jane.doe@example.com>", sink.Commands.Last());
    }

    [Fact]
    public async Task A_mail_is_delivered_when_the_server_has_taken_it_however_long_it_takes_to_say_goodbye()
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.Quit, FaultAction = SinkAction.Hang };
        await using var delivery = SmtpDelivery.To(sink);

        Assert.Equal(DeliveryResult.Accepted, await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));

        await sink.Reached(SmtpStage.Quit);
        await sink.AllClosed();
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_a_failed_connection()
    {
        var sink = new SmtpSink();
        await using var delivery = SmtpDelivery.To(sink);
        await sink.DisposeAsync();

        Assert.Equal(
            DeliveryResult.Refused(DeliveryFailure.ConnectionFailed),
            await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, "421 4.3.2 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.Greeting, "554 5.3.2 not you", DeliveryFailure.Rejected)]
    [InlineData(SmtpStage.Ehlo, "421 4.3.2 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.Ehlo, "550 5.7.1 no", DeliveryFailure.Rejected)]
    [InlineData(SmtpStage.MailFrom, "421 4.3.2 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.MailFrom, "450 4.2.0 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.MailFrom, "530 5.7.0 sign in first", DeliveryFailure.AuthenticationFailed)]
    [InlineData(SmtpStage.MailFrom, "550 5.7.1 no", DeliveryFailure.Rejected)]
    [InlineData(SmtpStage.RcptTo, "421 4.3.2 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.RcptTo, "450 4.2.0 greylisted", DeliveryFailure.RecipientRefused)]
    [InlineData(SmtpStage.RcptTo, "451 4.7.1 greylisted", DeliveryFailure.RecipientRefused)]
    [InlineData(SmtpStage.RcptTo, "452 4.2.2 full for now", DeliveryFailure.RecipientRefused)]
    [InlineData(SmtpStage.RcptTo, "550 5.1.1 nobody here", DeliveryFailure.RecipientUnreachable)]
    [InlineData(SmtpStage.RcptTo, "554-5.7.1 not\r\n554 5.7.1 here", DeliveryFailure.RecipientRefused)]
    [InlineData(SmtpStage.Data, "421 4.3.2 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.Data, "554 5.5.1 no", DeliveryFailure.Rejected)]
    [InlineData(SmtpStage.EndOfData, "421 4.3.2 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.EndOfData, "450 4.2.0 later", DeliveryFailure.Unavailable)]
    [InlineData(SmtpStage.EndOfData, "550 5.7.1 spam", DeliveryFailure.Rejected)]
    [InlineData(SmtpStage.EndOfData, "554 5.1.1 nobody here", DeliveryFailure.RecipientUnreachable)]
    public async Task A_refusal_becomes_its_category(SmtpStage stage, string reply, DeliveryFailure failure)
    {
        await using var sink = new SmtpSink { FaultStage = stage, FaultReply = reply };
        await using var delivery = SmtpDelivery.To(sink);

        Assert.Equal(DeliveryResult.Refused(failure), await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));

        Assert.Equal(0, sink.Waiting);
        await sink.AllClosed();
    }

    [Theory]
    [InlineData("550 5.1.1 <jane.doe@example.com>: Recipient address rejected: User unknown")]
    [InlineData("550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 Try again.")]
    [InlineData("550 5.1.2 Recipient address rejected: Domain not found")]
    [InlineData("501 5.1.3 Bad recipient address syntax")]
    [InlineData("551 5.1.6 moved")]
    [InlineData("556 5.1.10 Recipient address has null MX")]
    [InlineData("550 5.2.1 The email account is disabled")]
    [InlineData("552-5.2.2 The recipient's inbox is out of storage space.\r\n552 5.2.2 Sorry.")]
    [InlineData("550 5.4.1 Recipient address rejected: Access denied")]
    [InlineData("550 #5.1.0 Address rejected")]
    [InlineData("550 No such user here")]
    [InlineData("550 Unrouteable address")]
    [InlineData("550 Requested action not taken: mailbox unavailable")]
    [InlineData("553 sorry, that recipient is not in my list: unknown user")]
    public async Task A_mailbox_that_nobody_reaches_is_told_from_the_servers_own_reasons(string reply) =>
        Assert.Equal(DeliveryFailure.RecipientUnreachable, await FailureOfRecipientAsync(reply));

    [Theory]
    [InlineData("550 5.7.1 Relaying denied")]
    [InlineData("554 5.7.1 <jane.doe@example.com>: Relay access denied")]
    [InlineData("550 relay not permitted")]
    [InlineData("550 Administrative prohibition")]
    [InlineData("550 5.1.8 Sender address rejected: Domain not found")]
    [InlineData("550 Sender address unknown")]
    [InlineData("550 5.1.1.1 what")]
    [InlineData("550 5.2.3 Message too large for this mailbox")]
    [InlineData("550")]
    public async Task A_server_that_refuses_us_is_not_taken_for_a_bad_address(string reply) =>
        Assert.Equal(DeliveryFailure.RecipientRefused, await FailureOfRecipientAsync(reply));

    [Theory]
    [InlineData(SmtpStage.Greeting)]
    [InlineData(SmtpStage.Ehlo)]
    [InlineData(SmtpStage.MailFrom)]
    [InlineData(SmtpStage.RcptTo)]
    [InlineData(SmtpStage.Data)]
    public async Task A_connection_that_breaks_off_is_a_failed_one(SmtpStage stage)
    {
        foreach (var action in new[] { SinkAction.Reset, SinkAction.Close })
        {
            await using var sink = new SmtpSink { FaultStage = stage, FaultAction = action };
            await using var delivery = SmtpDelivery.To(sink);

            Assert.Equal(
                DeliveryResult.Refused(DeliveryFailure.ConnectionFailed),
                await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
        }
    }

    [Theory]
    [InlineData(SmtpStage.Greeting)]
    [InlineData(SmtpStage.Ehlo)]
    [InlineData(SmtpStage.RcptTo)]
    public async Task Garbage_is_no_answer(SmtpStage stage)
    {
        await using var sink = new SmtpSink { FaultStage = stage, FaultAction = SinkAction.Garbage };
        await using var delivery = SmtpDelivery.To(sink);

        Assert.Equal(
            DeliveryResult.Refused(DeliveryFailure.ProtocolError),
            await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
    }

    [Theory]
    [InlineData(3000, 1)]
    [InlineData(20, 200)]
    public async Task An_answer_without_end_is_cut_off(int length, int lines)
    {
        var reply = string.Join("\r\n", Enumerable.Repeat("250-" + new string('x', length), lines));
        await using var sink = new SmtpSink { FaultStage = SmtpStage.Ehlo, FaultReply = reply };
        await using var delivery = SmtpDelivery.To(sink);

        Assert.Equal(
            DeliveryResult.Refused(DeliveryFailure.ProtocolError),
            await delivery.AskAsync("smtp", delivery.Mail(), Cancellation));
    }

    [Theory]
    [InlineData(SmtpStage.Greeting)]
    [InlineData(SmtpStage.Ehlo)]
    [InlineData(SmtpStage.MailFrom)]
    [InlineData(SmtpStage.RcptTo)]
    [InlineData(SmtpStage.Data)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task A_server_that_hangs_holds_nobody_past_cancellation_and_no_connection_stays(SmtpStage stage)
    {
        await using var sink = new SmtpSink { FaultStage = stage, FaultAction = SinkAction.Hang };
        await using var delivery = SmtpDelivery.To(sink);
        using var cancellation = new CancellationTokenSource();

        var delivering = delivery.AskAsync("smtp", delivery.Mail(), cancellation.Token);
        await sink.Reached(stage);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);
        await sink.AllClosed();
    }

    private static async Task<DeliveryFailure> FailureOfRecipientAsync(string reply)
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.RcptTo, FaultReply = reply };
        await using var delivery = SmtpDelivery.To(sink);
        var result = await delivery.AskAsync("smtp", delivery.Mail(), Cancellation);
        await sink.AllClosed();
        Assert.False(result.IsAccepted);
        return result.Failure;
    }
}
