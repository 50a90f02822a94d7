using Otp.Delivery;
using Otp.Fraud;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;
using Otp.Telemetry;
using Otp.Verifications;

namespace Otp.Grains.Tests.Fraud;

/// <summary>Sends to numbers of one prefix, on the grains: what is counted, what is refused, and what a fault leaves.</summary>
public sealed class FraudGuardTests : IAsyncLifetime
{
    private const string Prefix = "+4477009";

    private readonly Measurements _measurements = new();
    private readonly string _program = $"p{Guid.CreateVersion7():n}"[..30];
    private TestService _service = null!;
    private int _numbers;

    private IPrefixGrain Grain => _service.Grains.GetGrain<IPrefixGrain>(PrefixKey.Compose(_program, Prefix));

    private IBlockedPrefixesGrain BlockedPrefixes => _service.Grains.GetGrain<IBlockedPrefixesGrain>(_program);

    public async ValueTask InitializeAsync()
    {
        _service = await TestService.StartAsync(_program);
        Use(budget: 3);
    }

    public ValueTask DisposeAsync()
    {
        _measurements.Dispose();
        return _service.DisposeAsync();
    }

    [Fact]
    public async Task Of_200_sends_at_once_as_many_are_accepted_as_the_budget_says()
    {
        Use(budget: 50);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => _service.SendAsync(NewNumber())));

        Assert.Equal(50, outcomes.Count(outcome => outcome.Status == SendStatus.Sent));
        Assert.Equal(150, outcomes.Count(outcome => outcome.Status == SendStatus.PrefixBlocked));
        Assert.Equal(50, _service.Delivery.Messages.Count);
        Assert.Equal(150, _measurements.Of("otp.sends", OtpTags.Program, _program).Count(tags => tags.EndsWith("otp.outcome=prefix_blocked", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Refused_send_leaves_and_counts_nothing()
    {
        await SendAsync(3);
        var number = NewNumber();
        var writes = _service.Storage.Writes;

        Assert.Equal(SendStatus.PrefixBlocked, (await _service.SendAsync(number)).Status);

        Assert.Equal(writes, _service.Storage.Writes);
        Assert.Equal(3, _service.Delivery.Messages.Count);
        Assert.All((await _service.InspectAsync(number)).Windows, window => Assert.Equal(0, window.Sent));
        Assert.Equal(3, (await Grain.Inspect()).Sends);
    }

    [Fact]
    public async Task Right_code_gives_its_place_back_and_a_wrong_one_does_not()
    {
        var number = NewNumber();
        await _service.SendAsync(number);
        var code = _service.LatestCode;
        await SendAsync(2);
        await _service.VerifyAsync(number, TestService.Wrong(code));
        Assert.Equal(SendStatus.PrefixBlocked, (await _service.SendAsync(NewNumber())).Status);
        var operation = Operation.New();

        await _service.VerifyAsync(number, code, operation);
        await _service.VerifyAsync(number, code, operation);

        await WaitForAsync(report => report.Conversions == 1);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(NewNumber())).Status);
        Assert.Equal(SendStatus.PrefixBlocked, (await _service.SendAsync(NewNumber())).Status);
    }

    [Fact]
    public async Task Verification_that_its_caller_approves_gives_its_place_back_and_one_that_it_cancels_does_not()
    {
        var (approved, canceled) = (NewNumber(), NewNumber());
        foreach (var (number, isApproved) in new[] { (canceled, false), (approved, true) })
        {
            var grain = _service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(_program, number));
            var sent = await grain.Send(new SendRequest(number, Purpose.None, Operation.New(), Verification: new VerificationStart(VerificationChannel.Call)));
            Assert.Equal(VerifyStatus.Verified, await grain.EndVerification(new VerificationEnd(sent.Verification!.Sid, isApproved, Operation.New(), number)));
        }

        await WaitForAsync(report => report == new PrefixReport(2, 1, BlockedUntil: null));
    }

    [Fact]
    public async Task Attempt_that_is_made_again_counts_once()
    {
        var (number, operation) = (NewNumber(), Operation.New());
        _service.Storage.FailWrite(2, StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SendAsync(number, operation));

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(number, operation)).Status);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(number, operation)).Status);

        Assert.Equal(1, (await Grain.Inspect()).Sends);
        Assert.Single(_service.Delivery.Messages);
    }

    [Fact]
    public async Task Sends_to_several_numbers_under_one_operation_id_count_each()
    {
        var operation = Operation.New();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(SendStatus.Sent, (await _service.SendAsync(NewNumber(), operation)).Status);
        }

        Assert.Equal(SendStatus.PrefixBlocked, (await _service.SendAsync(NewNumber(), operation)).Status);
        Assert.Equal(3, (await Grain.Inspect()).Sends);
    }

    [Fact]
    public async Task Repeat_counts_nothing_more_when_the_prefix_has_forgotten_its_send_and_the_target_has_just_come_to_memory()
    {
        Use(budget: 100);
        var (number, operation) = (NewNumber(), Operation.New());
        await _service.SendAsync(number, operation);
        await RepeatAsync(operation, SendStatus.Sent);
        await RepeatAsync(operation with { Fingerprint = operation.Fingerprint + 1 }, SendStatus.OperationMismatch);
        Assert.Equal(1, (await Grain.Inspect()).Sends);

        _service.Delivery.Accepts = false;
        (number, operation) = (NewNumber(), Operation.New());
        await _service.SendAsync(number, operation);
        await RepeatAsync(operation, SendStatus.DeliveryFailed);
        await WaitForAsync(report => report.Sends == 1);

        async Task RepeatAsync(Operation repeated, SendStatus status)
        {
            _service.Time.Advance(TimeSpan.FromMinutes(3));
            await _service.DeactivateAsync(_service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(_program, number)));
            Assert.Equal(status, (await _service.SendAsync(number, repeated)).Status);
        }
    }

    [Fact]
    public async Task Send_whose_counting_cannot_be_written_fails()
    {
        _service.Storage.FailNextWrite(StorageFault.Lost);

        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SendAsync(NewNumber()));

        Assert.Empty(_service.Delivery.Messages);
        Assert.Equal(3, await SendAsync(10));
    }

    [Fact]
    public async Task Send_that_no_provider_took_gives_its_place_back()
    {
        _service.Delivery.Accepts = false;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(SendStatus.DeliveryFailed, (await _service.SendAsync(NewNumber())).Status);
            await WaitForAsync(report => report.Sends == 0);
        }

        _service.Delivery.Accepts = true;
        Assert.Equal(3, await SendAsync(10));
    }

    [Fact]
    public async Task Send_to_a_number_that_nobody_reaches_counts()
    {
        _service.Delivery.Result = DeliveryResult.Refused(DeliveryFailure.RecipientUnreachable);

        Assert.Equal(SendStatus.Undeliverable, (await _service.SendAsync(NewNumber())).Status);

        Assert.Equal(1, (await Grain.Inspect()).Sends);
    }

    [Fact]
    public async Task Send_that_a_window_refuses_counts_nothing_also_where_the_grain_has_just_come_to_memory()
    {
        Use(budget: 100);
        var number = NewNumber();
        for (var i = 0; i < 5; i++)
        {
            await _service.SendAsync(number);
        }

        await _service.DeactivateAsync(_service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(_program, number)));

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(number)).Status);
        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(number)).Status);
        await WaitForAsync(report => report.Sends == 5);
    }

    [Fact]
    public async Task Repeat_of_a_send_gets_its_answer_though_the_prefix_is_blocked_meanwhile()
    {
        var (number, operation) = (NewNumber(), Operation.New());
        await _service.SendAsync(number, operation);
        await SendAsync(5);
        _service.Time.Advance(TimeSpan.FromMinutes(3));
        await _service.DeactivateAsync(_service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(_program, number)));

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(number, operation)).Status);
    }

    [Fact]
    public async Task Discreet_send_to_a_blocked_prefix_looks_like_any_other_and_does_not_leave()
    {
        await SendAsync(3);
        var (number, operation) = (NewNumber(), Operation.New());
        var grain = _service.Grains.GetGrain<ITargetGrain>(_service.Targets.KeyFor(_program, number));

        var outcome = await grain.Send(new SendRequest(number, Purpose.None, operation, IsDiscreet: true));
        await _service.DeactivateAsync(grain);
        var repeat = await grain.Send(new SendRequest(number, Purpose.None, operation, IsDiscreet: true));

        Assert.Equal((SendStatus.Sent, SendStatus.Sent), (outcome.Status, repeat.Status));
        Assert.Equal(3, _service.Delivery.Messages.Count);
        Assert.Equal(1, (await grain.Inspect()).Windows[0].Sent);
        Assert.Equal(3, (await Grain.Inspect()).Sends);
    }

    [Fact]
    public async Task Addresses_other_prefixes_and_test_targets_are_not_refused()
    {
        var number = NewNumber();
        _service.Use(new ProgramOptions
        {
            FraudGuard = { Budget = 1 },
            TestTargets = [new() { Target = number.Value, Code = "123456", ExpiresOn = DateOnly.FromDateTime(_service.Time.GetUtcNow().UtcDateTime) }],
        });
        await SendAsync(5);

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(number)).Status);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(new Target(Channel.Email, "jane@example.com"))).Status);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(new Target(Channel.Phone, "+447911123456"))).Status);
    }

    [Fact]
    public async Task Block_is_logged_counted_and_listed_once_and_ends_by_itself()
    {
        await BlockAsync();
        await SendAsync(5);

        var blocked = Assert.Single(await BlockedPrefixes.List());
        Assert.Equal(new BlockedPrefix(Prefix, _service.Time.GetUtcNow(), _service.Time.GetUtcNow().AddHours(4), Sends: 3, Conversions: 0), blocked);
        Assert.Equal(["otp.calling_code=44"], _measurements.Of("otp.fraud.blocks", OtpTags.Program, _program));
        Assert.Single(_service.Logs.Lines, line => line.StartsWith("Warning 1101 ", StringComparison.Ordinal));

        _service.Time.Advance(TimeSpan.FromHours(4) - TimeSpan.FromTicks(1));
        Assert.Equal(0, await SendAsync(1));
        _service.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(await BlockedPrefixes.List());
        Assert.Equal(3, await SendAsync(10));
    }

    [Fact]
    public async Task Operator_lifts_a_block_and_counting_starts_anew()
    {
        await BlockAsync();
        Assert.NotNull((await Grain.Inspect()).BlockedUntil);

        await Grain.Unblock();
        await Grain.Unblock();

        Assert.Equal(new PrefixReport(0, 0, BlockedUntil: null), await Grain.Inspect());
        Assert.Empty(await BlockedPrefixes.List());
        Assert.Single(_service.Logs.Lines, line => line.StartsWith("Information 1102 ", StringComparison.Ordinal));
        Assert.Equal(3, await SendAsync(10));
    }

    [Fact]
    public async Task Block_survives_that_the_grain_leaves_memory()
    {
        await BlockAsync();

        await _service.DeactivateAsync(Grain);

        Assert.Equal(0, await SendAsync(5));
        Assert.Equal(3, (await Grain.Inspect()).Sends);
    }

    [Fact]
    public async Task Counts_survive_that_the_grain_leaves_memory()
    {
        Use(budget: 50);
        await SendAsync(7);

        await _service.DeactivateAsync(Grain);

        Assert.Equal(43, await SendAsync(100));
    }

    [Fact]
    public async Task Send_that_no_provider_took_gives_its_place_back_also_where_the_grain_leaves_memory()
    {
        Use(budget: 50);
        _service.Delivery.Accepts = false;
        await _service.SendAsync(NewNumber());
        await WaitForAsync(report => report.Sends == 0);

        await _service.DeactivateAsync(Grain);

        Assert.Equal(0, (await Grain.Inspect()).Sends);
    }

    [Fact]
    public async Task Record_that_another_activation_changed_is_read_and_what_that_may_have_accepted_counts()
    {
        Use(budget: 50);
        await SendAsync(6);
        _service.Storage.ChangeBehindTheGrain();
        await SendAsync(4);

        // The sixth write allowed four more: they were made, and count as what the other activation may have made too.
        Assert.Equal(40, await SendAsync(100));
    }

    [Fact]
    public async Task Ten_sends_of_a_large_budget_cost_one_write_more_and_a_program_without_guard_none()
    {
        Use(budget: 100);
        await SendAsync(10);
        Assert.Equal(11, _service.Storage.Writes);

        _service.Use(new ProgramOptions());
        await SendAsync(10);
        Assert.Equal(21, _service.Storage.Writes);
    }

    [Fact]
    public async Task Neither_storage_nor_logs_hold_a_number()
    {
        await BlockAsync();
        await Grain.Unblock();
        await BlockAsync();

        var seen = _service.Storage.Content + string.Join('\n', _service.Logs.Lines);
        Assert.Contains(Prefix, seen, StringComparison.Ordinal);
        Assert.All(_service.Delivery.Messages, message => Assert.DoesNotContain(message.Target.Value[1..], seen, StringComparison.Ordinal));
    }

    private void Use(int budget) => _service.Use(new ProgramOptions { FraudGuard = { Budget = budget } });

    private Target NewNumber() => new(Channel.Phone, $"{Prefix}{Interlocked.Increment(ref _numbers) + 10_000:D5}");

    /// <summary>Sends a code to each of so many numbers, and tells how many got one.</summary>
    private async Task<int> SendAsync(int count)
    {
        var sent = 0;
        for (var i = 0; i < count; i++)
        {
            sent += (await _service.SendAsync(NewNumber())).Status == SendStatus.Sent ? 1 : 0;
        }

        return sent;
    }

    private async Task BlockAsync()
    {
        Assert.Equal(3, await SendAsync(3));
        _service.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(0, await SendAsync(1));
        Assert.NotEmpty(await BlockedPrefixes.List());
    }

    // What gives a place back is told to the prefix by a message that nobody waits for.
    private async Task WaitForAsync(Func<PrefixReport, bool> condition)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (condition(await Grain.Inspect()))
            {
                return;
            }
        }

        Assert.Fail("It never came to that.");
    }
}
