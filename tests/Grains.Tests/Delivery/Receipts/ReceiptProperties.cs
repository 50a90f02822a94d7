using Otp.Grains.Tests;
using Otp.Grains.Tests.Targets;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Whatever is sent, guessed, reported and lost, in whatever order: what holds of every report.</summary>
public sealed class ReceiptProperties
{
    private const int Runs = 2_000;
    private const int Steps = 40;

    private static readonly DeliveryState[] States = Enum.GetValues<DeliveryState>();

    private readonly StateSerializer _storage = new();

    [Theory]
    [InlineData(ResendMode.Replace)]
    [InlineData(ResendMode.Repeat)]
    public void No_message_is_handed_over_twice_and_no_report_changes_what_is_none_of_its_business(ResendMode resend)
    {
        var rules = TestPrograms.RulesOf(new OtpProgram(
            "test",
            new ProgramOptions
            {
                Delivery = { HandOverUndelivered = true },
                Policy = { OnResend = resend, Windows = [new() { Name = "hour", Limit = 1_000, Period = TimeSpan.FromHours(1) }] },
            },
            new OtpOptions()));
        var seeded = new Seeded(resend == ResendMode.Repeat ? 5ul : 4ul);
        var handOvers = 0;
        for (var run = 0; run < Runs; run++)
        {
            handOvers += Run(rules, seeded);
        }

        Assert.True(handOvers > Runs / 8, $"Only {handOvers} messages were handed over.");
    }

    private int Run(TargetRules rules, Seeded seeded)
    {
        var state = TargetState.Empty;
        var now = 1_000_000_000L;
        var sends = new List<(Operation Operation, long At)>();
        var handedOver = new HashSet<Guid>();
        var arrived = new HashSet<Guid>();
        for (var step = 0; step < Steps; step++)
        {
            now += seeded.Below(60) * TimeSpan.TicksPerSecond;
            switch (seeded.Below(8))
            {
                case 0:
                    var operation = new Operation(new Guid(step + 1, 0, 0, new byte[8]), 7);
                    sends.Add((operation, now));
                    state = Send(rules, state, operation, now);
                    break;
                case 1 when sends.Count > 0:
                    state = Send(rules, state, sends[seeded.Below(sends.Count)].Operation, now);
                    break;
                case 2:
                    var isRight = seeded.Below(3) == 0;
                    state = rules.Verify(state, Purpose.None, new Operation(new Guid(step + 1, 1, 0, new byte[8]), 0), _ => isRight, now).State;
                    break;
                case 3:
                    state = _storage.Deserialize<TargetState>(_storage.Serialize(state));
                    break;
                default:
                    if (sends.Count > 0)
                    {
                        state = Report(rules, state, sends[seeded.Below(sends.Count)], seeded, now, handedOver, arrived);
                    }

                    break;
            }
        }

        return handedOver.Count;
    }

    private static TargetState Report(
        TargetRules rules, TargetState state, (Operation Operation, long At) send, Seeded seeded, long now, HashSet<Guid> handedOver, HashSet<Guid> arrived)
    {
        var delivery = new DeliveryId(send.Operation.Id, send.At, seeded.Below(3));
        var report = new MessageReport(seeded.Of(States), "test", delivery.Number);
        var before = rules.Forget(state, now);
        var decision = DeliveryReceipts.Take(rules, state, delivery, report, static _ => true, now);

        Assert.Equal(before.Sends.AsEnumerable(), decision.State.Sends);
        Assert.Equal(before.Codes.AsEnumerable(), decision.State.Codes);
        Assert.Equal((before.WrongGuesses, before.LockedUntil), (decision.State.WrongGuesses, decision.State.LockedUntil));
        Assert.Equal(before.Operations.Select(static o => (o.Id, o.Result, o.Nonce)), decision.State.Operations.Select(static o => (o.Id, o.Result, o.Nonce)));
        Assert.False(DeliveryReceipts.Take(rules, decision.State, delivery, report, static _ => true, now).IsChanged);
        if (arrived.Contains(delivery.Operation))
        {
            Assert.False(decision.IsChanged);
        }

        if (decision.IsChanged && report.State == DeliveryState.Delivered)
        {
            arrived.Add(delivery.Operation);
        }

        if (decision.HandOver is { } handOver)
        {
            Assert.True(handedOver.Add(handOver.Id));
            Assert.Equal(decision.Code!.Nonce, handOver.Nonce);
            Assert.True(decision.Code.ExpiresAt >= now);
        }

        return decision.State;
    }

    private static TargetState Send(TargetRules rules, TargetState state, Operation operation, long now)
    {
        var decision = rules.Send(state, Purpose.None, operation, (new Guid((int)(now % int.MaxValue), (short)(operation.Id.GetHashCode() % short.MaxValue), 2, new byte[8]), 1), now);
        if (decision is not { IsChanged: true, Operation: { } sent })
        {
            return decision.State;
        }

        var kept = decision.IsRepeat ? sent : sent with { HandOver = [1, 2, 3] };
        return decision.State with { Operations = decision.State.Operations.Replace(sent, kept) };
    }
}
