using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>Each rule of codes, windows, attempts, lockout and operations, by one example.</summary>
public sealed class TargetRulesTests
{
    private static readonly long Start = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks;
    private int _names;

    [Fact]
    public void Sixth_send_within_the_hour_waits_for_the_first_to_be_an_hour_old()
    {
        var target = new TargetDriver(TestPrograms.Default);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SendStatus.Sent, target.Send(At(minutes: i)).Status);
        }

        var refused = target.Send(At(minutes: 10));

        Assert.Equal(SendStatus.RateLimited, refused.Status);
        Assert.Equal(TimeSpan.FromMinutes(50), refused.RetryAfter);
        Assert.Equal(SendStatus.RateLimited, target.Send(At(minutes: 60) - 1).Status);
        Assert.Equal(SendStatus.Sent, target.Send(At(minutes: 60)).Status);
    }

    [Fact]
    public void Eleventh_send_within_the_day_waits_for_the_first_to_be_a_day_old()
    {
        var target = new TargetDriver(TestPrograms.Default);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(SendStatus.Sent, target.Send(At(minutes: i * 20)).Status);
        }

        var refused = target.Send(At(minutes: 300));

        Assert.Equal(SendStatus.RateLimited, refused.Status);
        Assert.Equal(TimeSpan.FromMinutes(1440 - 300), refused.RetryAfter);
        Assert.Equal(SendStatus.RateLimited, target.Send(At(minutes: 1440) - 1).Status);
        Assert.Equal(SendStatus.Sent, target.Send(At(minutes: 1440)).Status);
    }

    [Fact]
    public void A_refused_send_changes_nothing_and_does_not_count()
    {
        var target = new TargetDriver(TestPrograms.With(new PolicyOptions { Windows = [new() { Name = "m", Limit = 1, Period = TimeSpan.FromMinutes(1) }] }));
        target.Send(At());
        for (var i = 1; i < 50; i++)
        {
            var refused = target.Decide(At(minutes: 0) + i);
            Assert.Equal(SendStatus.RateLimited, refused.Status);
            Assert.False(refused.IsChanged);
        }

        Assert.Equal(SendStatus.Sent, target.Send(At(minutes: 1)).Status);
    }

    [Fact]
    public void All_purposes_share_the_windows()
    {
        var target = new TargetDriver(TestPrograms.Default);
        for (var i = 0; i < 5; i++)
        {
            target.Send(At(), (Purpose)i);
        }

        Assert.Equal(SendStatus.RateLimited, target.Send(At(), Purpose.CarReviewNConfirm).Status);
    }

    [Fact]
    public void Sends_of_a_purpose_without_windows_are_kept_as_far_as_the_windows_of_others_need_them()
    {
        var program = new OtpProgram("test", new ProgramOptions { Purposes = { [Purpose.Login] = new PolicyOptions { Windows = [] } } }, new OtpOptions());
        var target = new TargetDriver(program);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(SendStatus.Sent, target.Send(At() + i, Purpose.Login).Status);
        }

        Assert.True(target.State.Sends.Length <= 10 + TargetRules.KeptOperations);
        Assert.Equal(TimeSpan.FromDays(1) - TimeSpan.FromTicks(10), target.Decide(At() + 1_000).RetryAfter);
    }

    [Fact]
    public void Sends_that_are_withdrawn_bring_none_of_the_older_ones_into_oblivion()
    {
        var program = new OtpProgram("test", new ProgramOptions { Purposes = { [Purpose.Login] = new PolicyOptions { Windows = [] } } }, new OtpOptions());
        var target = new TargetDriver(program);
        for (var i = 0; i < 100; i++)
        {
            target.Send(At() + i, Purpose.Login);
        }

        for (var i = 0; i < 100; i++)
        {
            target.FailToSend(At() + 100 + i, NewOperation(), purpose: Purpose.Login);
        }

        var rules = TestPrograms.RulesOf(program);
        var state = target.State;
        List<CompletedOperation> underWay = [];
        for (var i = 0; i < TargetRules.KeptOperations; i++)
        {
            var decision = rules.Send(state, Purpose.Login, NewOperation(), (Guid.NewGuid(), 1), At() + 200);
            state = decision.State;
            underWay.Add(decision.Operation!);
        }

        state = underWay.Aggregate(state, (before, send) => rules.Undelivered(before, send, isUnreachable: false, At() + 201));

        Assert.Equal(TimeSpan.FromDays(1) - TimeSpan.FromTicks(110), rules.Send(state, Purpose.None, NewOperation(), (Guid.NewGuid(), 1), At() + 200).RetryAfter);
    }

    [Fact]
    public void A_minimum_gap_holds_between_two_sends()
    {
        var target = new TargetDriver(TestPrograms.With(new PolicyOptions { MinimumGap = TimeSpan.FromSeconds(30) }));
        target.Send(At());

        var refused = target.Send(At(seconds: 10));

        Assert.Equal(SendStatus.RateLimited, refused.Status);
        Assert.Equal(TimeSpan.FromSeconds(20), refused.RetryAfter);
        Assert.Equal(SendStatus.Sent, target.Send(At(seconds: 30)).Status);
    }

    [Fact]
    public void A_code_is_accepted_at_the_end_of_its_lifetime_and_dead_a_tick_later()
    {
        var early = new TargetDriver(TestPrograms.Default);
        early.Send(At());
        Assert.Equal(VerifyStatus.Verified, early.Verify(At(minutes: 5), right: true));

        var late = new TargetDriver(TestPrograms.Default);
        late.Send(At());
        Assert.Equal(VerifyStatus.NoCode, late.Verify(At(minutes: 5) + 1, right: true));
    }

    [Fact]
    public void The_third_attempt_succeeds_if_right()
    {
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());
        target.Verify(At(), right: false);
        target.Verify(At(), right: false);

        Assert.Equal(VerifyStatus.Verified, target.Verify(At(), right: true));
    }

    [Fact]
    public void The_fourth_attempt_fails_although_right_and_is_not_compared()
    {
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(VerifyStatus.WrongCode, target.Verify(At(), right: false));
        }

        Assert.Equal(VerifyStatus.AttemptsExhausted, target.Verify(At(), right: true));
        Assert.Equal(3, target.Comparisons);
    }

    [Fact]
    public void A_code_is_used_once()
    {
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());
        target.Verify(At(), right: true);

        Assert.Equal(VerifyStatus.NoCode, target.Verify(At(), right: true));
    }

    [Fact]
    public void A_new_send_replaces_the_code_and_its_attempts()
    {
        var target = new TargetDriver(TestPrograms.Default);
        var first = target.Send(At()).Code!;
        target.Verify(At(), right: false);
        target.Send(At(seconds: 1));

        Assert.Equal(VerifyStatus.WrongCode, target.Verify(At(seconds: 1), nonce: first.Nonce));
        Assert.Equal(VerifyStatus.WrongCode, target.Verify(At(seconds: 1), right: false));
        Assert.Equal(VerifyStatus.Verified, target.Verify(At(seconds: 1), right: true));
    }

    [Fact]
    public void Resend_Repeat_sends_the_same_code_with_its_attempts_and_expiry()
    {
        var target = new TargetDriver(TestPrograms.With(new PolicyOptions { OnResend = ResendMode.Repeat }));
        var first = target.Send(At()).Code!;
        target.Verify(At(), right: false);

        var again = target.Send(At(minutes: 2)).Code!;

        Assert.Equal((first.Nonce, first.ExpiresAt, 1), (again.Nonce, again.ExpiresAt, again.Attempts));
    }

    [Fact]
    public void Resend_Repeat_makes_a_new_code_once_the_old_ones_attempts_are_used_up()
    {
        var target = new TargetDriver(TestPrograms.With(new PolicyOptions { OnResend = ResendMode.Repeat }));
        var first = target.Send(At()).Code!;
        for (var i = 0; i < 3; i++)
        {
            target.Verify(At(), right: false);
        }

        Assert.NotEqual(first.Nonce, target.Send(At(seconds: 1)).Code!.Nonce);
    }

    [Fact]
    public void Codes_of_two_purposes_live_side_by_side()
    {
        var target = new TargetDriver(TestPrograms.Default);
        var login = target.Send(At(), Purpose.Login).Code!;
        target.Send(At(), Purpose.TwoFA);

        Assert.Equal(VerifyStatus.WrongCode, target.Verify(At(), nonce: login.Nonce, purpose: Purpose.TwoFA));
        Assert.Equal(VerifyStatus.Verified, target.Verify(At(), nonce: login.Nonce, purpose: Purpose.Login));
    }

    [Fact]
    public void A_hundred_wrong_guesses_across_codes_lock_the_target_for_a_day()
    {
        var target = new TargetDriver(TestPrograms.With(new PolicyOptions { Windows = [] }));
        for (var i = 0; i < 100; i++)
        {
            if (i % 3 == 0)
            {
                target.Send(At(seconds: i));
            }

            Assert.Equal(VerifyStatus.WrongCode, target.Verify(At(seconds: i), right: false));
        }

        Assert.Equal(VerifyStatus.Locked, target.Verify(At(seconds: 100), right: true));
        var refused = target.Send(At(seconds: 99));
        Assert.Equal((SendStatus.Locked, TimeSpan.FromHours(24)), (refused.Status, refused.RetryAfter));
        Assert.Equal(SendStatus.Locked, target.Send(At(seconds: 99, minutes: 1440) - 1).Status);
        Assert.Equal(SendStatus.Sent, target.Send(At(seconds: 99, minutes: 1440)).Status);
        Assert.Equal(VerifyStatus.WrongCode, target.Verify(At(seconds: 99, minutes: 1440), right: false));
        Assert.Equal(VerifyStatus.Verified, target.Verify(At(seconds: 99, minutes: 1440), right: true));
    }

    [Fact]
    public void A_right_guess_starts_the_count_of_wrong_ones_anew()
    {
        var target = new TargetDriver(TestPrograms.With(new PolicyOptions { Windows = [] }, new LockoutOptions { Threshold = 3 }));
        target.Send(At());
        target.Verify(At(), right: false);
        target.Verify(At(), right: false);
        target.Verify(At(), right: true);
        target.Send(At());
        target.Verify(At(), right: false);
        target.Verify(At(), right: false);

        Assert.Equal(VerifyStatus.Verified, target.Verify(At(), right: true));
    }

    [Fact]
    public void A_repeated_send_counts_once_and_delivers_again_only_if_nobody_saw_the_message_leave()
    {
        var target = new TargetDriver(TestPrograms.Default);
        var operation = NewOperation();
        var first = target.Send(At(), operation: operation);

        var known = target.Decide(At(seconds: 1), operation: operation);
        Assert.Equal((SendStatus.Sent, false, false), (known.Status, known.IsChanged, known.Deliver));

        target.Reload();
        var unknown = target.Decide(At(seconds: 1), operation: operation);
        Assert.Equal((SendStatus.Sent, true, true), (unknown.Status, unknown.IsChanged, unknown.Deliver));
        Assert.Equal(first.Code!.Nonce, unknown.Code!.Nonce);
        Assert.Single(unknown.State.Sends);
    }

    [Fact]
    public void A_repeated_verify_gets_the_first_answer_and_costs_nothing()
    {
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());
        var (wrong, right) = (NewOperation(), NewOperation());
        target.Verify(At(), right: false, operation: wrong);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(VerifyStatus.WrongCode, target.Verify(At(), right: false, operation: wrong));
        }

        Assert.Equal(VerifyStatus.Verified, target.Verify(At(), right: true, operation: right));
        Assert.Equal(VerifyStatus.Verified, target.Verify(At(minutes: 9), right: true, operation: right));
        Assert.Equal(2, target.Comparisons);
    }

    [Fact]
    public void An_operation_id_with_another_payload_is_refused()
    {
        var target = new TargetDriver(TestPrograms.Default);
        var operation = NewOperation();
        target.Send(At(), operation: operation);

        Assert.Equal(SendStatus.OperationMismatch, target.Send(At(), operation: operation with { Fingerprint = 7 }).Status);
        Assert.Equal(VerifyStatus.OperationMismatch, target.Verify(At(), right: true, operation: operation));
    }

    [Fact]
    public void An_operation_is_forgotten_after_ten_minutes_and_behind_eight_later_ones()
    {
        var old = new TargetDriver(TestPrograms.Default);
        var operation = NewOperation();
        old.Send(At(), operation: operation);
        Assert.Equal(2, old.Send(At(minutes: 10), operation: operation).State.Sends.Length);

        var crowded = new TargetDriver(TestPrograms.With(new PolicyOptions { Windows = [new() { Name = "h", Limit = 50, Period = TimeSpan.FromHours(1) }] }));
        crowded.Send(At(), operation: operation);
        for (var i = 0; i < 8; i++)
        {
            crowded.Send(At());
        }

        Assert.Equal(10, crowded.Send(At(), operation: operation).State.Sends.Length);
    }

    [Fact]
    public void A_withdrawn_send_gives_its_slot_back_and_leaves_an_earlier_code_alive()
    {
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());
        var operation = NewOperation();
        target.FailToSend(At(seconds: 1), operation);

        Assert.Equal(SendStatus.DeliveryFailed, target.Send(At(seconds: 2), operation: operation).Status);
        Assert.Equal(VerifyStatus.Verified, target.Verify(At(seconds: 2), right: true));
        Assert.Single(target.State.Sends);
    }

    [Fact]
    public void When_all_is_over_nothing_is_left()
    {
        var rules = TestPrograms.RulesOf(TestPrograms.Default);
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());
        target.Verify(At(), right: false);
        var state = target.State;
        var now = At();
        for (var ticks = 0; rules.NextDeadline(state) is { } deadline; ticks++)
        {
            Assert.True(deadline > now && ticks < 10);
            now = deadline;
            Assert.Same(state, rules.Forget(state, now - 1));
            state = rules.Forget(state, now);
        }

        Assert.True(state.IsEmpty);
        Assert.Equal(At() + TimeSpan.FromDays(1).Ticks, now);
    }

    [Fact]
    public void Usage_shows_the_limit_closest_to_full_and_when_it_allows_one_more()
    {
        var rules = TestPrograms.RulesOf(TestPrograms.Default);
        var target = new TargetDriver(TestPrograms.Default);
        Assert.Equal(new WindowUsage("hour", 5, TimeSpan.Zero), rules.Usage(target.State, Purpose.None, At()));

        target.Send(At());
        Assert.Equal(new WindowUsage("hour", 4, TimeSpan.FromHours(1)), rules.Usage(target.State, Purpose.None, At()));

        target.Send(At(minutes: 10));
        Assert.Equal(new WindowUsage("hour", 3, TimeSpan.FromMinutes(1)), rules.Usage(target.State, Purpose.None, At(minutes: 59)));
        Assert.Equal(new WindowUsage("hour", 4, TimeSpan.FromMinutes(10)), rules.Usage(target.State, Purpose.None, At(minutes: 60)));
    }

    [Fact]
    public void The_clock_of_another_silo_may_be_behind_without_freeing_a_slot()
    {
        var target = new TargetDriver(TestPrograms.With(new PolicyOptions { Windows = [new() { Name = "m", Limit = 2, Period = TimeSpan.FromMinutes(1) }] }));
        target.Send(At(seconds: 30));
        target.Send(At(seconds: 10));

        Assert.Equal(TimeSpan.FromSeconds(50), target.Send(At(seconds: 20)).RetryAfter);
    }

    private static long At(int minutes = 0, int seconds = 0) => Start + TimeSpan.FromMinutes(minutes).Ticks + TimeSpan.FromSeconds(seconds).Ticks;

    private Operation NewOperation() => new(new Guid(++_names, 0, 1, new byte[8]), 0);
}
