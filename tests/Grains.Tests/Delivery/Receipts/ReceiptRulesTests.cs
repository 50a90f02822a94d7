using Otp.Grains.Tests;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>What a provider's report changes, and what it does not: each case by one example.</summary>
public sealed class ReceiptRulesTests
{
    private const long Now = 1_000_000_000;

    private readonly TargetRules _rules = TestPrograms.RulesOf(TestPrograms.Default);
    private readonly TargetRules _handingOver = RulesOf(new ProgramOptions { Delivery = { HandOverUndelivered = true } });
    private int _ids;

    [Fact]
    public void States_follow_each_other_to_the_end()
    {
        var sent = Send(_rules, TargetState.Empty);
        var state = sent.State;
        foreach (var next in new[] { DeliveryState.Queued, DeliveryState.Sent, DeliveryState.Delivered })
        {
            var decision = Take(_rules, state, sent, next);
            Assert.True(decision.IsChanged);
            Assert.Equal(next, StateOf(decision.State, sent));
            state = decision.State;
        }
    }

    [Theory]
    [InlineData(DeliveryState.Queued)]
    [InlineData(DeliveryState.Sent)]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Undelivered)]
    public void Report_that_comes_twice_changes_nothing_the_second_time(DeliveryState reported)
    {
        var sent = Send(_rules, TargetState.Empty);
        var once = Take(_rules, sent.State, sent, reported);

        AssertUnchanged(once.State, Take(_rules, once.State, sent, reported));
    }

    [Theory]
    [InlineData(DeliveryState.Sent, DeliveryState.Queued)]
    [InlineData(DeliveryState.Delivered, DeliveryState.Queued)]
    [InlineData(DeliveryState.Delivered, DeliveryState.Sent)]
    [InlineData(DeliveryState.Delivered, DeliveryState.Undelivered)]
    [InlineData(DeliveryState.Undelivered, DeliveryState.Queued)]
    [InlineData(DeliveryState.Undelivered, DeliveryState.Sent)]
    [InlineData(DeliveryState.Sent, DeliveryState.Unknown)]
    public void Report_that_comes_out_of_order_changes_nothing(DeliveryState first, DeliveryState second)
    {
        var sent = Send(_handingOver, TargetState.Empty);
        var known = Take(_rules, sent.State, sent, first);

        AssertUnchanged(known.State, Take(_handingOver, known.State, sent, second));
    }

    [Fact]
    public void Message_that_arrived_after_all_has_arrived()
    {
        var sent = Send(_rules, TargetState.Empty);
        var undelivered = Take(_rules, sent.State, sent, DeliveryState.Undelivered);

        Assert.Equal(DeliveryState.Delivered, StateOf(Take(_rules, undelivered.State, sent, DeliveryState.Delivered).State, sent));
    }

    [Fact]
    public void Report_that_says_no_more_than_the_providers_answer_costs_no_write()
    {
        var sent = Send(_rules, TargetState.Empty);
        var taken = TargetRules.Delivered(sent.State, sent.Operation!);

        Assert.False(Take(_rules, taken, sent, DeliveryState.Queued).IsChanged);
        Assert.False(Take(_rules, taken, sent, DeliveryState.Sent).IsChanged);
        Assert.True(Take(_rules, taken, sent, DeliveryState.Delivered).IsChanged);
    }

    [Fact]
    public void Report_that_overtakes_the_providers_answer_stands()
    {
        var sent = Send(_rules, TargetState.Empty);
        var arrived = Take(_rules, sent.State, sent, DeliveryState.Delivered);

        var answered = TargetRules.Delivered(arrived.State, sent.Operation!, new MessageReport(DeliveryState.Queued, "test"));

        Assert.Equal(DeliveryState.Delivered, StateOf(answered, sent));
    }

    [Fact]
    public void Report_on_a_send_that_is_forgotten_erased_or_another_one_by_now_changes_nothing()
    {
        var operation = NewOperation();
        var sent = Send(_handingOver, TargetState.Empty, operation);

        var tooLate = Take(_handingOver, sent.State, sent, DeliveryState.Undelivered, Now + TargetRules.OperationMemory.Ticks);
        Assert.False(tooLate.IsChanged);
        AssertUnchanged(TargetState.Empty, Take(_handingOver, TargetState.Empty, sent, DeliveryState.Undelivered));

        var again = Send(_handingOver, TargetState.Empty, operation, Now + 1);
        AssertUnchanged(again.State, Take(_handingOver, again.State, sent, DeliveryState.Undelivered, Now + 1));
    }

    [Fact]
    public void Report_on_a_send_that_was_withdrawn_changes_nothing()
    {
        var sent = Send(_handingOver, TargetState.Empty);
        var withdrawn = _handingOver.Undelivered(sent.State, sent.Operation!, isUnreachable: true, Now);

        AssertUnchanged(withdrawn, Take(_handingOver, withdrawn, sent, DeliveryState.Undelivered));
    }

    [Theory]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Undelivered)]
    public void Report_touches_no_window_no_code_and_no_attempt(DeliveryState reported)
    {
        var sent = Send(_rules, TargetState.Empty);
        var guessed = _rules.Verify(sent.State, Purpose.None, NewOperation(), static _ => false, Now).State;

        var after = Take(_rules, guessed, sent, reported).State;

        Assert.Equal((guessed.Sends, guessed.Codes, guessed.WrongGuesses, guessed.LockedUntil), (after.Sends, after.Codes, after.WrongGuesses, after.LockedUntil));
        Assert.Equal(guessed.Operations.Length, after.Operations.Length);
    }

    [Fact]
    public void Undelivered_message_is_handed_over_once_and_nobody_knows_what_becomes_of_it_then()
    {
        var sent = Send(_handingOver, TargetState.Empty);

        var first = Take(_handingOver, sent.State, sent, DeliveryState.Undelivered, reason: UndeliveredReason.Carrier);
        var second = Take(_handingOver, first.State, sent, DeliveryState.Undelivered, reason: UndeliveredReason.Carrier);

        Assert.Equal((sent.Code!.Nonce, 1), (first.Code!.Nonce, first.HandOver!.Redeliveries));
        Assert.Equal(DeliveryState.Unknown, StateOf(first.State, sent));
        Assert.True(TargetRules.Find(first.State, sent.Operation!.Id)!.HandOver.IsDefaultOrEmpty);
        AssertUnchanged(first.State, second);
        Assert.Single(first.State.Sends);
    }

    [Fact]
    public void Message_that_was_handed_over_is_handed_over_no_further()
    {
        var sent = Send(_handingOver, TargetState.Empty);
        var handedOver = Take(_handingOver, sent.State, sent, DeliveryState.Undelivered);

        var again = DeliveryReceipts.Take(
            _handingOver, handedOver.State, IdOf(sent, number: 1), new MessageReport(DeliveryState.Undelivered, "next", 1), static _ => true, Now);

        Assert.True(again.IsChanged);
        Assert.Null(again.HandOver);
        Assert.Equal(DeliveryState.Undelivered, StateOf(again.State, sent));
    }

    [Fact]
    public void First_delivery_that_arrives_late_has_arrived_whatever_the_second_does()
    {
        var sent = Send(_handingOver, TargetState.Empty);
        var handedOver = Take(_handingOver, sent.State, sent, DeliveryState.Undelivered);

        var arrived = Take(_handingOver, handedOver.State, sent, DeliveryState.Delivered);

        Assert.Equal(DeliveryState.Delivered, StateOf(arrived.State, sent));
    }

    [Fact]
    public void Message_is_not_handed_over_where_the_program_does_not_say_so_or_has_no_other_provider()
    {
        var plain = Send(_rules, TargetState.Empty);
        Assert.Null(Take(_rules, plain.State, plain, DeliveryState.Undelivered).HandOver);

        var sent = Send(_handingOver, TargetState.Empty);
        var alone = DeliveryReceipts.Take(_handingOver, sent.State, IdOf(sent), new MessageReport(DeliveryState.Undelivered, "test"), static _ => false, Now);
        Assert.True(alone.IsChanged);
        Assert.Null(alone.HandOver);
    }

    [Fact]
    public void Message_is_not_handed_over_when_its_code_was_right_or_is_exhausted_or_over()
    {
        var sent = Send(_handingOver, TargetState.Empty);
        var right = _handingOver.Verify(sent.State, Purpose.None, NewOperation(), static _ => true, Now).State;
        var exhausted = sent.State;
        for (var i = 0; i < Policy.Default.Attempts; i++)
        {
            exhausted = _handingOver.Verify(exhausted, Purpose.None, NewOperation(), static _ => false, Now).State;
        }

        Assert.Null(Take(_handingOver, right, sent, DeliveryState.Undelivered).HandOver);
        Assert.Null(Take(_handingOver, exhausted, sent, DeliveryState.Undelivered).HandOver);
        Assert.Null(Take(_handingOver, sent.State, sent, DeliveryState.Undelivered, sent.Code!.ExpiresAt + 1).HandOver);
        Assert.NotNull(Take(_handingOver, sent.State, sent, DeliveryState.Undelivered, sent.Code.ExpiresAt).HandOver);
    }

    [Fact]
    public void Message_is_not_handed_over_when_a_later_one_carries_the_code_or_another()
    {
        var repeating = RulesOf(new ProgramOptions { Delivery = { HandOverUndelivered = true }, Policy = new PolicyOptions { OnResend = ResendMode.Repeat } });
        foreach (var rules in new[] { _handingOver, repeating })
        {
            var first = Send(rules, TargetState.Empty);
            var second = Send(rules, first.State);

            Assert.Null(Take(rules, second.State, first, DeliveryState.Undelivered).HandOver);
            Assert.NotNull(Take(rules, second.State, second, DeliveryState.Undelivered).HandOver);
        }
    }

    [Fact]
    public void Message_is_not_handed_over_to_a_locked_target()
    {
        var sent = Send(_handingOver, TargetState.Empty);

        Assert.Null(Take(_handingOver, sent.State with { LockedUntil = Now + 1 }, sent, DeliveryState.Undelivered).HandOver);
    }

    [Fact]
    public void Report_on_an_earlier_delivery_of_a_send_that_was_repeated_hands_nothing_over()
    {
        var sent = Send(_handingOver, TargetState.Empty);
        var repeat = _handingOver.Send(sent.State, Purpose.None, new Operation(sent.Operation!.Id, sent.Operation.Fingerprint), (Guid.Empty, 1), Now);
        Assert.Equal(1, repeat.Operation!.Redeliveries);

        Assert.Null(Take(_handingOver, repeat.State, sent, DeliveryState.Undelivered).HandOver);
        Assert.NotNull(Take(_handingOver, repeat.State, repeat, DeliveryState.Undelivered).HandOver);
    }

    private static ReceiptDecision Take(
        TargetRules rules, TargetState state, SendDecision sent, DeliveryState reported, long now = Now, UndeliveredReason reason = UndeliveredReason.Unknown)
    {
        var delivery = IdOf(sent, sent.Operation!.Redeliveries);
        return DeliveryReceipts.Take(rules, state, delivery, new MessageReport(reported, "test", delivery.Number, reason), static _ => true, now);
    }

    private static DeliveryId IdOf(SendDecision sent, int number = 0) => new(sent.Operation!.Id, sent.Operation.At, number);

    private static DeliveryState? StateOf(TargetState state, SendDecision sent) => TargetRules.Find(state, sent.Operation!.Id)?.Report?.State;

    private static void AssertUnchanged(TargetState before, ReceiptDecision decision)
    {
        Assert.False(decision.IsChanged);
        Assert.Null(decision.HandOver);
        Assert.Equal(before, decision.State);
    }

    private static TargetRules RulesOf(ProgramOptions program) => TestPrograms.RulesOf(new OtpProgram("test", program, new OtpOptions()));

    // What is kept for a hand-over is sealed, and no matter to the rule.
    private SendDecision Send(TargetRules rules, TargetState state, Operation? operation = null, long now = Now)
    {
        var decision = rules.Send(state, Purpose.None, operation ?? NewOperation(), (new Guid(++_ids, 1, 0, new byte[8]), 1), now);
        var kept = decision.Operation! with { HandOver = rules.Program.Delivery.HandOverUndelivered ? [1, 2, 3] : default };
        return decision with { Operation = kept, State = decision.State with { Operations = decision.State.Operations.Replace(decision.Operation, kept) } };
    }

    private Operation NewOperation() => new(new Guid(++_ids, 0, 0, new byte[8]), 7);
}
