using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Reports on a target's messages in its grain: what an operator sees, what is durable when, and what is handed over.</summary>
public sealed class ReceiptGrainTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Targets.Channel.Phone, "+442079460018");

    private TestService _service = null!;

    private Message Latest => _service.Delivery.Messages.Last();

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Operator_sees_what_is_known_of_each_message()
    {
        await _service.SendAsync(Jane);
        Assert.Equal((DeliveryState.Sent, null, null), await SeenAsync());

        await _service.ReportAsync(Latest, DeliveryState.Delivered);
        Assert.Equal((DeliveryState.Delivered, null, "test"), await SeenAsync());

        _service.Delivery.Result = DeliveryResult.Queued;
        await _service.SendAsync(Jane);
        Assert.Equal((DeliveryState.Queued, null, "test"), await SeenAsync());
        await _service.ReportAsync(Latest, DeliveryState.Undelivered, UndeliveredReason.Blocked);
        Assert.Equal((DeliveryState.Undelivered, UndeliveredReason.Blocked, "test"), await SeenAsync());

        _service.Delivery.Result = DeliveryResult.Unanswered;
        await _service.SendAsync(Jane);
        Assert.Equal((DeliveryState.Unknown, null, "test"), await SeenAsync());

        _service.Delivery.Result = DeliveryResult.Refused(DeliveryFailure.RecipientUnreachable);
        await _service.SendAsync(Jane);
        Assert.Equal((DeliveryState.Undelivered, UndeliveredReason.Unreachable, null), await SeenAsync());
    }

    [Fact]
    public async Task Report_is_one_write_and_one_that_says_nothing_new_is_none()
    {
        await _service.SendAsync(Jane);
        var writes = _service.Storage.Writes;
        await _service.ReportAsync(Latest, DeliveryState.Delivered);
        Assert.Equal(writes + 1, _service.Storage.Writes);

        await _service.ReportAsync(Latest, DeliveryState.Delivered);
        await _service.ReportAsync(Latest, DeliveryState.Sent);
        await _service.ReportAsync(Latest, DeliveryState.Undelivered);
        await _service.ReportAsync(Latest, DeliveryState.Unknown);

        Assert.Equal(writes + 1, _service.Storage.Writes);
    }

    [Fact]
    public async Task Report_that_is_forged_or_malformed_is_told_and_writes_nothing()
    {
        await _service.SendAsync(Jane);
        var writes = _service.Storage.Writes;
        foreach (var status in new[] { ReceiptStatus.Forged, ReceiptStatus.Malformed })
        {
            _service.Delivery.Receipts = status;
            Assert.Equal(status, await _service.ReportAsync(Latest, DeliveryState.Delivered));
        }

        Assert.Equal(ReceiptStatus.UnknownProvider, await _service.ReportAsync(Latest, DeliveryState.Delivered, provider: "gone"));
        Assert.Equal(writes, _service.Storage.Writes);
        Assert.Single(_service.Logs.Lines, static line => line.Contains("A report on a message is not signed by test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_on_an_erased_target_leaves_nothing_behind()
    {
        UseTwo();
        await _service.SendAsync(Jane);
        await _service.EraseAsync(Jane);

        Assert.Equal(ReceiptStatus.Taken, await _service.ReportAsync(Latest, DeliveryState.Undelivered));

        Assert.Equal((0, 0), (_service.Storage.Count, _service.Next.Calls));
    }

    [Fact]
    public async Task Report_whose_write_was_not_answered_is_settled_by_the_next_one()
    {
        await _service.SendAsync(Jane);
        _service.Storage.FailNextWrite(StorageFault.Unanswered);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.ReportAsync(Latest, DeliveryState.Delivered));

        Assert.Equal(ReceiptStatus.Taken, await _service.ReportAsync(Latest, DeliveryState.Delivered));
        Assert.Equal((DeliveryState.Delivered, null, "test"), await SeenAsync());
    }

    [Fact]
    public async Task Undelivered_message_goes_to_the_next_provider_with_the_same_code_and_counts_as_no_send()
    {
        UseTwo();
        await _service.SendAsync(Jane);

        await _service.ReportAsync(Latest, DeliveryState.Undelivered, UndeliveredReason.Carrier);

        var handedOver = Assert.Single(_service.Next.Messages);
        Assert.Equal((Latest.Code, Latest.Target, Latest.Text, Latest.ExpiresAt), (handedOver.Code, handedOver.Target, handedOver.Text, handedOver.ExpiresAt));
        Assert.Equal((1, 1), (_service.Delivery.Calls, (await _service.InspectAsync(Jane)).Windows.Max(window => window.Sent)));
        Assert.Equal((DeliveryState.Sent, null, "next"), await SeenAsync());
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, handedOver.Code)).Status);
    }

    [Fact]
    public async Task Message_that_was_handed_over_is_what_it_was_to_be()
    {
        UseTwo();
        var start = new VerificationStart(VerificationChannel.WhatsApp, Payment: new Payment("39.99 EUR", "Acme"), FriendlyName: "Acme Tools");
        await _service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(TestService.Program, Jane)).Send(
            new SendRequest(Jane, Purpose.None, Operation.New(), "pt-BR", Verification: start));

        await _service.ReportAsync(Latest, DeliveryState.Undelivered);

        var handedOver = Assert.Single(_service.Next.Messages);
        Assert.Equal((VerificationChannel.WhatsApp, "pt-BR", Latest.Text), (handedOver.Via, handedOver.Locale, handedOver.Text));
        Assert.Contains("39.99 EUR", handedOver.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_next_provider_reports_is_known_of_the_message()
    {
        UseTwo();
        _service.Next.Result = DeliveryResult.Queued;
        await _service.SendAsync(Jane);
        await _service.ReportAsync(Latest, DeliveryState.Undelivered);
        Assert.Equal((DeliveryState.Queued, null, "next"), await SeenAsync());

        await _service.ReportAsync(_service.Next.Messages.Last(), DeliveryState.Undelivered, UndeliveredReason.Unreachable, TestDelivery.NextName);

        Assert.Equal((DeliveryState.Undelivered, UndeliveredReason.Unreachable, "next"), await SeenAsync());
        Assert.Equal((1, 1), (_service.Delivery.Calls, _service.Next.Calls));
    }

    [Fact]
    public async Task Next_provider_that_refuses_changes_no_code()
    {
        UseTwo();
        _service.Next.Accepts = false;
        await _service.SendAsync(Jane);

        await _service.ReportAsync(Latest, DeliveryState.Undelivered);

        Assert.Equal(DeliveryState.Undelivered, (await SeenAsync()).State);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task Nothing_is_handed_over_before_it_is_durable()
    {
        UseTwo();
        await _service.SendAsync(Jane);
        var (before, atDelivery) = (_service.Storage.Writes, -1);
        _service.Next.BeforeDelivery = () => atDelivery = _service.Storage.Writes;

        await _service.ReportAsync(Latest, DeliveryState.Undelivered);

        Assert.Equal(before + 1, atDelivery);
    }

    [Fact]
    public async Task Silo_lost_between_the_write_and_the_hand_over_hands_over_no_more()
    {
        UseTwo();
        await _service.SendAsync(Jane);
        _service.Storage.FailNextWrite(StorageFault.Unanswered);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.ReportAsync(Latest, DeliveryState.Undelivered));

        Assert.Equal(ReceiptStatus.Taken, await _service.ReportAsync(Latest, DeliveryState.Undelivered));

        Assert.Equal(0, _service.Next.Calls);
        Assert.Equal(DeliveryState.Unknown, (await SeenAsync()).State);
    }

    [Fact]
    public async Task Silo_lost_before_the_write_hands_over_at_the_next_report()
    {
        UseTwo();
        await _service.SendAsync(Jane);
        _service.Storage.FailNextWrite(StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.ReportAsync(Latest, DeliveryState.Undelivered));
        Assert.Equal(0, _service.Next.Calls);

        await _service.ReportAsync(Latest, DeliveryState.Undelivered);
        await _service.ReportAsync(Latest, DeliveryState.Undelivered);

        Assert.Equal(1, _service.Next.Calls);
    }

    [Fact]
    public async Task Many_equal_reports_at_once_hand_over_once()
    {
        UseTwo();
        await _service.SendAsync(Jane);
        _service.Storage.ChangeBehindTheGrain();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _service.ReportAsync(Latest, DeliveryState.Undelivered)));

        Assert.Equal(1, _service.Next.Calls);
    }

    [Fact]
    public async Task What_a_hand_over_needs_is_kept_sealed_and_only_where_the_program_hands_over()
    {
        await _service.SendAsync(Jane);
        Assert.DoesNotContain("\"h\":", _service.Storage.Content, StringComparison.Ordinal);

        UseTwo();
        await _service.SendAsync(Jane);

        Assert.Contains("\"h\":", _service.Storage.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("2079460018", _service.Storage.Content, StringComparison.Ordinal);
        await _service.ReportAsync(Latest, DeliveryState.Undelivered);
        Assert.DoesNotContain("\"h\":", _service.Storage.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_line_of_the_log_holds_the_number_or_the_token()
    {
        UseTwo();
        await _service.SendAsync(Jane);
        var token = Latest.Receipt!.For("test", "test").Split('/')[^1];
        await _service.ReportAsync(Latest, DeliveryState.Undelivered, UndeliveredReason.Carrier);

        Assert.Contains(_service.Logs.Lines, static line => line.Contains("test did not deliver a message that it had taken: Carrier; it is handed over", StringComparison.Ordinal));
        Assert.All(_service.Logs.Lines, line => Assert.DoesNotMatch($"2079460018|{token}", line));
    }

    [Fact]
    public async Task Reports_that_say_something_new_are_counted_by_provider_state_and_reason()
    {
        using var measurements = new Measurements();
        await _service.SendAsync(Jane);
        await _service.ReportAsync(Latest, DeliveryState.Sent);
        await _service.ReportAsync(Latest, DeliveryState.Queued);
        await _service.ReportAsync(Latest, DeliveryState.Undelivered, UndeliveredReason.Expired);
        await _service.ReportAsync(Latest, DeliveryState.Undelivered, UndeliveredReason.Expired);

        Assert.Contains("otp.program=test otp.reason=expired otp.state=undelivered", measurements.Of("otp.delivery.receipts", "otp.provider", "test"));
        Assert.DoesNotContain("otp.program=test otp.state=queued", measurements.Of("otp.delivery.receipts", "otp.provider", "test"));
    }

    private void UseTwo() => _service.Use(new ProgramOptions
    {
        Delivery = { Phone = [TestDelivery.ProviderName, TestDelivery.NextName], HandOverUndelivered = true },
    });

    /// <summary>What an operator sees of the latest message.</summary>
    private async Task<(DeliveryState State, UndeliveredReason? Reason, string? Provider)> SeenAsync()
    {
        var seen = (await _service.InspectAsync(Jane)).Sends[^1];
        return (seen.State, seen.Reason, seen.Provider);
    }
}
