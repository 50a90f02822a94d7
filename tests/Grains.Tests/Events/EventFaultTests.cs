using Otp.Events;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Events;

/// <summary>Random sends and guesses while the storage loses writes and answers, and the endpoint refuses half of all calls.</summary>
public sealed class EventFaultTests : IAsyncLifetime
{
    private const int Targets = 3;
    private const int Acts = 60;

    private EventService _events = null!;

    private TestService Service => _events.Service;

    public async ValueTask InitializeAsync() => _events = await EventService.StartAsync();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_was_answered_is_told_once_and_in_order_whatever_fails(int seed)
    {
        var (random, coin) = (new Random(seed), new Random(-seed));
        _events.Use(static _ => { }, new ProgramOptions
        {
            Policy = new PolicyOptions { Windows = [new WindowOptions { Name = "hour", Limit = 1000, Period = TimeSpan.FromHours(1) }], Attempts = 100 },
        });
        _events.Endpoint.Answer = (http, _) =>
        {
            lock (coin)
            {
                http.Response.StatusCode = coin.Next(2) == 0 ? 200 : 503;
            }

            return Task.CompletedTask;
        };
        var told = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var act = 0; act < Acts; act++)
        {
            var target = new Target(Channel.Email, $"u{random.Next(Targets)}@example.com");
            Service.Storage.FailWrite(random.Next(1, 8), random.Next(2) == 0 ? StorageFault.Lost : StorageFault.Unanswered);
            if (await ActAsync(target, random) is { } type)
            {
                var subject = EventRecords.SubjectOf(KeyOf(target));
                (told.TryGetValue(subject, out var list) ? list : told[subject] = []).Add(type);
            }

            await WakeAsync();
        }

        Service.Storage.FailWrite(0, StorageFault.None);
        await EventService.UntilAsync(async () =>
        {
            _events.Time.Advance(TimeSpan.FromSeconds(1));
            return (await WakeAsync()).Sum() == 0;
        });

        var received = await _events.NextAsync(_events.Endpoint.Count);
        var arrivals = received.DistinctBy(static e => e.Id).GroupBy(static e => e.Text("subject")!, StringComparer.Ordinal).ToDictionary(static s => s.Key, static s => s.ToList());
        Assert.Equal(told.Keys.Order(StringComparer.Ordinal), arrivals.Keys.Order(StringComparer.Ordinal));
        Assert.All(told, subject => Assert.Equal(subject.Value, arrivals[subject.Key].Select(static e => e.Type)));
        Assert.All(arrivals.Values, static events => Assert.Equal(events.Select(static e => e.Sequence).Order(), events.Select(static e => e.Sequence)));
    }

    // What came of it, as its event; null if it had no effect.
    private async Task<string?> ActAsync(Target target, Random random)
    {
        var (operation, kind) = (Operation.New(), random.Next(4));
        if (kind < 2)
        {
            return await SettleAsync(() => Service.SendAsync(target, operation)) is { Status: SendStatus.Sent } ? "otp.sent" : null;
        }

        var code = kind == 2 ? "000000" : Service.Delivery.Messages.LastOrDefault(message => message.Target == target)?.Code ?? "000000";
        return (await SettleAsync(() => Service.VerifyAsync(target, code, operation))).Status switch
        {
            VerifyStatus.Verified => "otp.verified",
            VerifyStatus.WrongCode => "otp.failed",
            _ => null,
        };
    }

    // Repeats an act under its operation, as a gateway does.
    private static async Task<T> SettleAsync<T>(Func<Task<T>> act)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (OrleansException) when (attempt < 10)
            {
                // What was stored is unknown.
            }
        }
    }

    private async Task<IEnumerable<int>> WakeAsync()
    {
        var waiting = new List<int>();
        foreach (var shard in Enumerable.Range(0, Targets).Select(i => EventShards.KeyFor(KeyOf(new Target(Channel.Email, $"u{i}@example.com")))).Distinct(StringComparer.Ordinal))
        {
            var outbox = Service.Grains.GetGrain<IEventOutboxGrain>(shard);
            waiting.Add(await SettleAsync(async () =>
            {
                await outbox.Wake();
                return (await outbox.Report()).WaitingTargets;
            }));
        }

        return waiting;
    }

    private string KeyOf(Target target) => Service.Targets.KeyFor(TestService.Program, target);
}
