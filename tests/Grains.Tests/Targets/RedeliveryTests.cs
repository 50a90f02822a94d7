using Otp.Delivery;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>A send whose message a second activation sends again, because nobody could know whether it had left.</summary>
public sealed class RedeliveryTests
{
    private const long Now = 1_000_000_000;

    private static readonly Operation Send = new(new Guid(1, 0, 0, new byte[8]), 7);
    private static readonly Guid Nonce = new(2, 0, 0, new byte[8]);

    private readonly TargetRules _rules = TestPrograms.RulesOf(TestPrograms.Default);

    [Fact]
    public void Repeat_is_durable_before_its_message_leaves()
    {
        var first = Decide(_rules, TargetState.Empty);

        var repeat = Decide(_rules, first.State);

        Assert.True(repeat is { IsRepeat: true, IsChanged: true, Deliver: true });
        Assert.NotEqual(first.State, repeat.State);
        Assert.Equal(Nonce, repeat.Code!.Nonce);
        Assert.Single(repeat.State.Sends);
    }

    [Fact]
    public void Late_failure_of_the_first_delivery_leaves_what_the_second_may_have_delivered()
    {
        var first = Decide(_rules, TargetState.Empty);
        var repeat = Decide(_rules, first.State);

        var state = _rules.Undelivered(repeat.State, first.Operation!, isUnreachable: false, Now);

        Assert.False(TargetRules.IsWithdrawn(state, first.Operation!));
        Assert.Equal(Nonce, state.CodeFor(Purpose.None)!.Nonce);
        Assert.Single(state.Sends);
    }

    [Fact]
    public void Send_that_later_operations_have_pushed_out_of_memory_is_not_told_as_withdrawn_while_its_code_lives()
    {
        var first = Decide(_rules, TargetState.Empty);
        var later = Enumerable.Range(0, TargetRules.KeptOperations).Select(static _ => new CompletedOperation(Guid.NewGuid(), 1, Now, OperationResult.WrongCode, Guid.Empty));
        var state = Decide(_rules, first.State).State with { Operations = [.. later] };

        state = _rules.Undelivered(state, first.Operation!, isUnreachable: false, Now);

        Assert.False(TargetRules.IsWithdrawn(state, first.Operation!));
        Assert.Equal(Nonce, state.CodeFor(Purpose.None)!.Nonce);
        Assert.Single(state.Sends);
        Assert.True(TargetRules.IsWithdrawn(TargetState.Empty, first.Operation!));
    }

    [Fact]
    public void Send_is_withdrawn_when_all_its_deliveries_have_failed()
    {
        var repeat = Decide(_rules, Decide(_rules, TargetState.Empty).State);

        var once = _rules.Undelivered(repeat.State, repeat.Operation!, isUnreachable: false, Now);
        var twice = _rules.Undelivered(once, repeat.Operation!, isUnreachable: false, Now);

        Assert.False(TargetRules.IsWithdrawn(once, repeat.Operation!));
        Assert.True(TargetRules.IsWithdrawn(twice, repeat.Operation!));
        Assert.Empty(twice.Codes);
        Assert.Empty(twice.Sends);
    }

    [Theory]
    [InlineData(DeliveryState.Queued)]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Undelivered)]
    public void Repeat_of_a_message_on_which_its_provider_has_reported_delivers_nothing(DeliveryState reported)
    {
        var first = Decide(_rules, TargetState.Empty);
        var delivery = new DeliveryId(Send.Id, Now, Number: 0);
        var known = DeliveryReceipts.Take(_rules, first.State, delivery, new MessageReport(reported, "test"), static _ => false, Now).State;

        var repeat = Decide(_rules, known);

        Assert.True(repeat is { Status: SendStatus.Sent, IsRepeat: true, IsChanged: false, Deliver: false });
    }

    private static SendDecision Decide(TargetRules rules, TargetState state) => rules.Send(state, Purpose.None, Send, (Nonce, 1), Now);
}
