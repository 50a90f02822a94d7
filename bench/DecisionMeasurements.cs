using System.Diagnostics;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Bench;

/// <summary>Decisions per second of the pure type, on one core: what the rules themselves cost.</summary>
internal static class DecisionMeasurements
{
    private const int Batch = 200_000;
    private const int Rounds = 9;
    private static readonly long Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public static async Task RunAsync(TextWriter output)
    {
        var rules = new TargetRules(new OtpProgram("bench", new ProgramOptions(), new OtpOptions()), TimeSpan.FromDays(400));
        var sent = Send(rules, TargetState.Empty, 0).State;
        var full = Enumerable.Range(1, 4).Aggregate(sent, (state, i) => Send(rules, state, i).State);

        await output.WriteLineAsync("Decisions of the pure type (median of 9 rounds)");
        await Measure("send to a new target", i => Send(rules, TargetState.Empty, i).IsChanged);
        await Measure("send refused by a window", i => Send(rules, full, i).IsChanged);
        await Measure("verify, right", i => Verify(rules, sent, i, right: true).IsChanged);
        await Measure("verify, wrong", i => Verify(rules, sent, i, right: false).IsChanged);

        async Task Measure(string name, Func<int, bool> decide)
        {
            var seconds = new double[Rounds];
            long bytes = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < Batch; i++)
                {
                    decide(1_000 + i);
                }

                seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Batch;
            }

            Array.Sort(seconds);
            var median = seconds[Rounds / 2];
            await output.WriteLineAsync($"  {name,-28} {Batch / median,14:N0} /s {median / Batch * 1e9,8:N0} ns {bytes,6:N0} B");
        }
    }

    private static SendDecision Send(TargetRules rules, TargetState state, int i) =>
        rules.Send(state, Purpose.None, Name(i), (Name(i).Id, 1), Now);

    private static VerifyDecision Verify(TargetRules rules, TargetState state, int i, bool right) =>
        rules.Verify(state, Purpose.None, Name(i), _ => right, Now);

    private static Operation Name(int i) => new(new Guid(i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 0);
}
