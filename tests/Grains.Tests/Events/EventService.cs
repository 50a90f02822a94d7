using Microsoft.AspNetCore.Http;
using Otp.Delivery;
using Otp.Events;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Events;

/// <summary>The domain's grains with a manual clock, and a program that is told of events at a real endpoint.</summary>
internal sealed class EventService : IAsyncDisposable
{
    public static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");

    private EventService(TestService service, LoopbackEndpoint endpoint) => (Service, Endpoint) = (service, endpoint);

    public TestService Service { get; }

    public LoopbackEndpoint Endpoint { get; }

    public ManualTimeProvider Time => Service.Time;

    public string Key => Service.Targets.KeyFor(TestService.Program, Jane);

    public IEventOutboxGrain Outbox => Service.Grains.GetGrain<IEventOutboxGrain>(EventShards.KeyFor(Key));

    public ITargetGrain Target => Service.Grains.GetGrain<ITargetGrain>(Key);

    public static async Task<EventService> StartAsync(Func<HttpContext, int, Task>? answer = null)
    {
        var events = new EventService(await TestService.StartAsync(), await LoopbackEndpoint.StartAsync(answer));
        events.Use(static _ => { });
        return events;
    }

    /// <summary>Has the endpoint answer with this status.</summary>
    public void Answer(int status) => Endpoint.Answer = (http, _) =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Puts other settings in force.</summary>
    public void Use(Action<EventOptions> configure, ProgramOptions? program = null)
    {
        program ??= new ProgramOptions();
        program.Events = new EventOptions { Url = Endpoint.Address, Secrets = [WebhookDelivery.Secret] };
        configure(program.Events);
        Service.Use(program);
    }

    public async Task<ReceivedEvent> NextAsync() => ReceivedEvent.Of(await Endpoint.ReceiveAsync());

    public async Task<IReadOnlyList<ReceivedEvent>> NextAsync(int count)
    {
        var received = new List<ReceivedEvent>();
        while (received.Count < count)
        {
            received.Add(await NextAsync());
        }

        return received;
    }

    /// <summary>Moves the clock, and wakes the outbox as often as silos do.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        while (by > TimeSpan.Zero)
        {
            var step = by < EventWaker.Interval ? by : EventWaker.Interval;
            Time.Advance(step);
            await Outbox.Wake();
            by -= step;
        }
    }

    /// <summary>Waits until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, timeout.Token);
        }
    }

    /// <summary>Waits until the outbox says so.</summary>
    public async Task<EventOutboxReport> UntilAsync(Predicate<EventOutboxReport> condition)
    {
        EventOutboxReport report = null!;
        await UntilAsync(async () => condition(report = await Outbox.Report()));
        return report;
    }

    /// <summary>How many attempts have failed, as the outbox has noted.</summary>
    public int Refusals => Service.Logs.Lines.Count(IsRefusal);

    public static bool IsRefusal(string line) => line.StartsWith("Debug 2046 ", StringComparison.Ordinal);

    /// <summary>Waits until the outbox has noted so many attempts that failed. It sets its timer in the same turn.</summary>
    public async Task RefusedAsync(int count)
    {
        await UntilAsync(() => Task.FromResult(Refusals >= count));
        await Outbox.Report();
    }

    /// <summary>The keys of targets that share Jane's shard.</summary>
    public List<string> SameShard(int count) =>
    [
        .. Enumerable.Range(0, 1000).Select(i => Service.Targets.KeyFor(TestService.Program, new Target(Channel.Email, $"u{i}@example.com")))
            .Where(key => EventShards.KeyFor(key) == EventShards.KeyFor(Key)).Take(count),
    ];

    public Task SettledAsync() => UntilAsync(static report => report.WaitingTargets == 0);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Endpoint.DisposeAsync();
    }
}
