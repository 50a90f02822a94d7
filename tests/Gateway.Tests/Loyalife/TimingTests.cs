using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>How long an answer takes does not tell who is registered.</summary>
public sealed class TimingTests
{
    private const int Requests = 1000;
    private const int WarmUp = 100;

    // How often a request of one kind may take longer than one of the other, off one half: five standard errors for 1,000 of each.
    private const double Tolerance = 0.065;

    [Fact]
    public async Task Time_to_answer_tells_registered_from_unregistered_no_better_than_chance()
    {
        await using var service = await LoyalifeService.StartAsync(configure: builder =>
        {
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Logging.ClearProviders();
        });
        await MeasureAsync(service, WarmUp);

        var (sends, verifies) = await MeasureAsync(service, Requests);

        Report("send", sends);
        Report("verify", verifies);
        Assert.InRange(ChanceThatFirstIsLonger(sends), 0.5 - Tolerance, 0.5 + Tolerance);
        Assert.InRange(ChanceThatFirstIsLonger(verifies), 0.5 - Tolerance, 0.5 + Tolerance);
    }

    // Turn by turn, so that whatever else the machine does falls on both kinds alike.
    private static async Task<(Samples Sends, Samples Verifies)> MeasureAsync(LoyalifeService service, int requests)
    {
        var sends = new Samples([], []);
        var verifies = new Samples([], []);
        var members = new ConcurrentQueue<string>();
        await service.Gateway.TokenAsync(LoyalifeService.Admin);
        await Parallel.ForAsync(0, requests, async (_, _) => members.Enqueue((await service.NewMemberAsync()).Email));
        foreach (var member in members)
        {
            var stranger = TestGateway.NewTarget();
            var isMemberFirst = System.Security.Cryptography.RandomNumberGenerator.GetInt32(2) == 0;
            foreach (var isMember in new[] { isMemberFirst, !isMemberFirst })
            {
                var address = isMember ? member : stranger;
                sends.Of(isMember).Add(await TimeAsync(() => service.GenerateAsync(address)));
            }

            foreach (var isMember in new[] { !isMemberFirst, isMemberFirst })
            {
                var address = isMember ? member : stranger;
                verifies.Of(isMember).Add(await TimeAsync(() => service.VerifyAsync(address, "123456")));
            }
        }

        return (sends, verifies);
    }

    private static async Task<double> TimeAsync(Func<Task<Answer>> request)
    {
        var start = Stopwatch.GetTimestamp();
        await request();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    // Mann and Whitney's U over the number of pairs.
    private static double ChanceThatFirstIsLonger(Samples samples)
    {
        var strangers = samples.Unregistered.Order().ToArray();
        return samples.Registered.Average(time =>
        {
            var index = Array.BinarySearch(strangers, time);
            return (double)(index < 0 ? ~index : index) / strangers.Length;
        });
    }

    private static void Report(string call, Samples samples)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{call}: a registered one takes longer in {ChanceThatFirstIsLonger(samples):P1} of pairs"));
        output.WriteLine($"  registered   {Describe(samples.Registered)}");
        output.WriteLine($"  unregistered {Describe(samples.Unregistered)}");
    }

    private static string Describe(List<double> times)
    {
        var sorted = times.Order().ToArray();
        var quantiles = new[] { 1, 10, 25, 50, 75, 90, 99 }
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"p{p} {sorted[(sorted.Length - 1) * p / 100]:0} µs"));
        return string.Join(", ", quantiles);
    }

    private sealed record Samples(List<double> Registered, List<double> Unregistered)
    {
        public List<double> Of(bool isRegistered) => isRegistered ? Registered : Unregistered;
    }
}
