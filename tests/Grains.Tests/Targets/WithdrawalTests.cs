using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>What is left of a send whose message does not arrive, and what other sends of the target keep.</summary>
public sealed class WithdrawalTests
{
    private const long Now = 1_000_000_000;

    private readonly TargetRules _rules = TestPrograms.RulesOf(TestPrograms.Default);
    private readonly TargetRules _repeating = TestPrograms.RulesOf(TestPrograms.With(new PolicyOptions { OnResend = ResendMode.Repeat }));
    private int _ids;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_code_that_was_delivered_comes_back_when_two_sends_after_it_fail_in_whatever_order(bool isOldestFirst)
    {
        var delivered = Send(_rules, TargetState.Empty);
        var second = Send(_rules, delivered.State);
        var third = Send(_rules, second.State);

        var state = third.State;
        foreach (var failed in isOldestFirst ? new[] { second, third } : [third, second])
        {
            state = _rules.Undelivered(state, failed.Operation!, isUnreachable: false, Now);
        }

        Assert.Equal(delivered.Code!.Nonce, state.CodeFor(Purpose.None)?.Nonce);
        Assert.Single(state.Sends);
    }

    [Fact]
    public void The_failure_of_a_send_leaves_the_code_of_a_later_one()
    {
        var first = Send(_rules, TargetState.Empty);
        var second = Send(_rules, first.State);

        var state = _rules.Undelivered(second.State, first.Operation!, isUnreachable: false, Now);

        Assert.Equal(second.Code!.Nonce, state.CodeFor(Purpose.None)!.Nonce);
        Assert.Null(_rules.Undelivered(state, second.Operation!, isUnreachable: false, Now).CodeFor(Purpose.None));
    }

    [Fact]
    public void A_code_that_came_back_and_was_used_does_not_come_back_again()
    {
        var delivered = Send(_rules, TargetState.Empty);
        var failed = Send(_rules, delivered.State);
        var back = _rules.Undelivered(failed.State, failed.Operation!, isUnreachable: false, Now);
        var used = Verify(_rules, back, delivered.Code!);
        Assert.Equal(VerifyStatus.Verified, used.Status);

        Assert.Same(used.State, _rules.Undelivered(used.State, failed.Operation!, isUnreachable: false, Now));
    }

    [Fact]
    public void A_late_failure_touches_no_other_send_of_the_same_id()
    {
        var operation = NewOperation();
        var earlier = Send(_rules, TargetState.Empty);
        var erased = Send(_rules, earlier.State, operation);
        var again = Send(_rules, TargetState.Empty, operation);

        Assert.Same(again.State, _rules.Undelivered(again.State, erased.Operation!, isUnreachable: false, Now));
        Assert.Same(TargetState.Empty, _rules.Undelivered(TargetState.Empty, erased.Operation!, isUnreachable: false, Now));
        Assert.Same(again.State, TargetRules.Delivered(again.State, erased.Operation!));
    }

    [Fact]
    public void A_send_whose_code_was_right_has_arrived_whatever_its_provider_says()
    {
        var sent = Send(_rules, TargetState.Empty);
        var used = Verify(_rules, sent.State, sent.Code!);

        Assert.Same(used.State, _rules.Undelivered(used.State, sent.Operation!, isUnreachable: false, Now));
    }

    [Fact]
    public void A_code_that_a_failed_resend_repeats_lives_on_with_the_attempts_that_were_used()
    {
        var first = Send(_repeating, TargetState.Empty);
        var resend = Send(_repeating, first.State);
        var guessed = _repeating.Verify(resend.State, Purpose.None, NewOperation(), static _ => false, Now).State;

        var state = _repeating.Undelivered(guessed, resend.Operation!, isUnreachable: false, Now);

        Assert.Equal((first.Code!.Nonce, 1), (state.CodeFor(Purpose.None)!.Nonce, state.CodeFor(Purpose.None)!.Attempts));
        Assert.Single(state.Sends);
    }

    [Fact]
    public void A_code_that_a_later_send_repeats_outlives_the_failure_of_the_one_that_made_it()
    {
        var first = Send(_repeating, TargetState.Empty);
        var resend = Send(_repeating, first.State);

        var state = _repeating.Undelivered(resend.State, first.Operation!, isUnreachable: false, Now);

        Assert.Equal(first.Code!.Nonce, state.CodeFor(Purpose.None)?.Nonce);
        Assert.Single(state.Sends);
    }

    [Fact]
    public void A_send_that_nobody_can_be_reached_by_counts_and_its_code_is_right_no_more()
    {
        var sent = Send(_rules, TargetState.Empty);

        var state = _rules.Undelivered(sent.State, sent.Operation!, isUnreachable: true, Now);
        var guess = Verify(_rules, state, sent.Code!);

        Assert.Single(state.Sends);
        Assert.Empty(TargetInspection.Report(_rules, state, Now).Codes);
        Assert.Equal((VerifyStatus.WrongCode, 1), (guess.Status, guess.State.WrongGuesses));
        Assert.Equal(SendStatus.Undeliverable, Send(_rules, state, new Operation(sent.Operation!.Id, sent.Operation.Fingerprint)).Status);
    }

    [Fact]
    public void A_code_that_nobody_has_is_not_sent_again()
    {
        var sent = Send(_repeating, TargetState.Empty);
        var state = _repeating.Undelivered(sent.State, sent.Operation!, isUnreachable: true, Now);

        Assert.NotEqual(sent.Code!.Nonce, Send(_repeating, state).Code!.Nonce);
    }

    [Fact]
    public void An_earlier_code_lives_on_when_its_owner_cannot_be_reached_any_more()
    {
        var delivered = Send(_rules, TargetState.Empty);
        var unreachable = Send(_rules, delivered.State);

        var state = _rules.Undelivered(unreachable.State, unreachable.Operation!, isUnreachable: true, Now);

        Assert.Equal(2, state.Sends.Length);
        Assert.Equal(VerifyStatus.Verified, Verify(_rules, state, delivered.Code!).Status);
    }

    private SendDecision Send(TargetRules rules, TargetState state, Operation? operation = null) =>
        rules.Send(state, Purpose.None, operation ?? NewOperation(), (new Guid(++_ids, 1, 0, new byte[8]), 1), Now);

    private VerifyDecision Verify(TargetRules rules, TargetState state, LiveCode code) =>
        rules.Verify(state, Purpose.None, NewOperation(), live => live.Nonce == code.Nonce, Now);

    private Operation NewOperation() => new(new Guid(++_ids, 0, 0, new byte[8]), 7);
}
