using System.Text.RegularExpressions;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>The target's grain on a silo: what is durable when, what survives a fault, and what is left in the end.</summary>
public sealed class TargetGrainTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");
    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Nothing_leaves_before_it_is_durable()
    {
        var writesBefore = -1;
        _service.Delivery.BeforeDelivery = () => writesBefore = _service.Storage.Writes;

        await _service.SendAsync(Jane);

        Assert.Equal(1, writesBefore);
    }

    [Fact]
    public async Task A_send_and_a_verify_cost_one_write_each_and_refusals_none()
    {
        await _service.SendAsync(Jane);
        Assert.Equal(1, _service.Storage.Writes);
        await _service.VerifyAsync(Jane, TestService.Wrong(_service.LatestCode));
        Assert.Equal(2, _service.Storage.Writes);
        await _service.VerifyAsync(Jane, _service.LatestCode);
        Assert.Equal(3, _service.Storage.Writes);

        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
        for (var i = 0; i < 4; i++)
        {
            await _service.SendAsync(Jane);
        }

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(Jane)).Status);
        Assert.Equal(7, _service.Storage.Writes);
    }

    [Fact]
    public async Task A_send_whose_write_is_lost_sends_and_counts_nothing()
    {
        _service.Storage.FailNextWrite(StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SendAsync(Jane));

        Assert.Empty(_service.Delivery.Messages);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);
        }
    }

    [Fact]
    public async Task A_send_whose_write_was_not_answered_is_settled_by_repeating_it()
    {
        var operation = Operation.New();
        _service.Storage.FailNextWrite(StorageFault.Unanswered);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SendAsync(Jane, operation));
        Assert.Empty(_service.Delivery.Messages);

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane, operation)).Status);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane, operation)).Status);

        // The send itself, and its delivery, which is durable before the message leaves because another activation may deliver too.
        Assert.Single(_service.Delivery.Messages);
        Assert.Equal(2, _service.Storage.Writes);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task A_verify_whose_write_was_not_answered_is_settled_by_repeating_it()
    {
        await _service.SendAsync(Jane);
        var operation = Operation.New();
        _service.Storage.FailNextWrite(StorageFault.Unanswered);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.VerifyAsync(Jane, _service.LatestCode, operation));

        var first = await _service.VerifyAsync(Jane, _service.LatestCode, operation);
        var second = await _service.VerifyAsync(Jane, _service.LatestCode, operation);

        Assert.Equal(VerifyStatus.Verified, first.Status);
        Assert.Equal(first, second);
        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task A_wrong_guess_whose_write_was_not_answered_counts_once()
    {
        await _service.SendAsync(Jane);
        var wrong = TestService.Wrong(_service.LatestCode);
        var operation = Operation.New();
        _service.Storage.FailNextWrite(StorageFault.Unanswered);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.VerifyAsync(Jane, wrong, operation));
        Assert.Equal(VerifyStatus.WrongCode, (await _service.VerifyAsync(Jane, wrong, operation)).Status);
        Assert.Equal(VerifyStatus.WrongCode, (await _service.VerifyAsync(Jane, wrong)).Status);

        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task A_record_changed_by_another_activation_is_read_and_the_request_decided_anew()
    {
        await _service.SendAsync(Jane);
        _service.Storage.ChangeBehindTheGrain();

        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task A_send_that_nobody_delivers_gives_its_slot_back_and_leaves_the_earlier_code_alive()
    {
        await _service.SendAsync(Jane);
        var earlier = _service.LatestCode;
        _service.Delivery.Accepts = false;
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(SendStatus.DeliveryFailed, (await _service.SendAsync(Jane)).Status);
        }

        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, earlier)).Status);
        _service.Delivery.Accepts = true;
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);
        }

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(Jane)).Status);
    }

    [Fact]
    public async Task A_withdrawal_that_cannot_be_written_leaves_the_send_to_be_settled_by_its_repeat()
    {
        var operation = Operation.New();
        _service.Delivery.Accepts = false;
        _service.Delivery.BeforeDelivery = () => _service.Storage.FailNextWrite(StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SendAsync(Jane, operation));

        _service.Delivery.Accepts = true;
        _service.Delivery.BeforeDelivery = static () => { };
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane, operation)).Status);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task A_code_whose_key_the_settings_no_longer_have_is_dead()
    {
        _service.Use(new ProgramOptions { Policy = new PolicyOptions { OnResend = ResendMode.Repeat } });
        var operation = Operation.New();
        await _service.SendAsync(Jane, operation);
        _service.Storage.Rewrite(ForgetKey);

        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
        Assert.Empty((await _service.InspectAsync(Jane)).Codes);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane, operation)).Status);
        Assert.Single(_service.Delivery.Messages);

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task A_send_makes_a_new_code_where_the_key_of_the_live_one_is_gone()
    {
        _service.Use(new ProgramOptions { Policy = new PolicyOptions { OnResend = ResendMode.Repeat } });
        await _service.SendAsync(Jane);
        _service.Storage.Rewrite(ForgetKey);

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);

        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
        Assert.Equal(2, (await _service.InspectAsync(Jane)).Windows[0].Sent);
    }

    [Fact]
    public async Task When_everything_is_over_the_record_is_gone()
    {
        await _service.SendAsync(Jane);
        await _service.VerifyAsync(Jane, TestService.Wrong(_service.LatestCode));
        Assert.Equal(1, _service.Storage.Count);

        // A call is served after the tick that is due.
        _service.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, "000000")).Status);
        Assert.Equal(1, _service.Storage.Count);

        _service.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, "000000")).Status);
        Assert.Equal(0, _service.Storage.Count);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);
    }

    [Fact]
    public async Task Neither_storage_nor_logs_hold_a_code_a_target_or_a_name()
    {
        await _service.SendAsync(Jane);
        await _service.VerifyAsync(Jane, TestService.Wrong(_service.LatestCode));
        var session = (await _service.SignInAsync(Jane, _service.LatestCode, "Jane Canary")).SignIn!;
        _service.Delivery.Accepts = false;
        await _service.SendAsync(Jane);
        _service.Storage.FailNextWrite(StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SendAsync(Jane));

        Assert.Equal(1, _service.Storage.Count);
        string[] secrets = [Jane.Value, "jane.doe", _service.LatestCode, TestService.Wrong(_service.LatestCode), "Canary", session.SessionToken[..42]];
        var seen = _service.Storage.Content + string.Join('\n', _service.Logs.Lines);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, seen, StringComparison.OrdinalIgnoreCase));
    }

    // As after a change of Otp:CodeKeys.
    private static string ForgetKey(string record) => Regex.Replace(record, "\"k\":[0-9]+", "\"k\":1", RegexOptions.None, TimeSpan.FromSeconds(1));
}
