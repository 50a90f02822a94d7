using Microsoft.AspNetCore.Http;
using Otp.Events;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Events;

/// <summary>Events that wait together: what becomes of them, and what it costs.</summary>
public sealed class EventBacklogTests : IAsyncLifetime
{
    private EventService _events = null!;

    private TestService Service => _events.Service;

    public async ValueTask InitializeAsync() => _events = await EventService.StartAsync();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Fact]
    public async Task Replay_without_an_endpoint_posts_nothing_and_keeps_what_is_parked()
    {
        _events.Answer(StatusCodes.Status410Gone);
        await Service.SendAsync(EventService.Jane);
        await _events.UntilAsync(static report => report is { ParkedEvents: 1, WaitingTargets: 0 });
        Service.Use(new ProgramOptions());

        Assert.Equal(0, await _events.Outbox.Replay());

        Assert.Equal((1, false), ((await _events.Outbox.Report()).ParkedEvents, (await _events.Outbox.Report()).HasEndpoint));
        Assert.Equal(1, _events.Endpoint.Count);
        _events.Use(static _ => { });
        Assert.Equal(1, await _events.Outbox.Replay());
        await EventService.UntilAsync(() => Task.FromResult(_events.Endpoint.Count == 2));
    }

    [Fact]
    public async Task Newer_events_of_targets_whose_old_ones_are_parked_wait_while_the_endpoint_is_away()
    {
        _events.Answer(503);
        var keys = _events.SameShard(3 * EndpointCondition.FailuresOfAway);
        await SendAllAsync();
        await EventService.UntilAsync(() => Task.FromResult(_events.Refusals >= EndpointCondition.FailuresOfAway));
        for (var end = _events.Time.GetUtcNow() + EventRules.RetryPeriod - TimeSpan.FromMinutes(1); _events.Time.GetUtcNow() < end;)
        {
            // The outbox lives as long as it is called, and remembers since when the targets wait.
            _events.Time.Advance(TimeSpan.FromSeconds(25));
            await _events.Outbox.Wake();
        }

        var at = _events.Time.GetUtcNow();
        await SendAllAsync();
        await EventService.UntilAsync(async () =>
        {
            await _events.AdvanceAsync(TimeSpan.FromMilliseconds(200));
            return (await _events.Outbox.Report()).ParkedEvents == keys.Count;
        });

        var posted = await _events.NextAsync(_events.Endpoint.Count);
        var allowed = 1 + (int)((_events.Time.GetUtcNow() - at) / EndpointCondition.LongestPause);
        Assert.InRange(posted.Count(e => e.Timestamp >= at), 0, allowed);
        Assert.InRange(allowed, 1, keys.Count / 2);

        async Task SendAllAsync()
        {
            foreach (var key in keys)
            {
                await Service.Grains.GetGrain<ITargetGrain>(key).Send(new SendRequest(EventService.Jane, Purpose.None, Operation.New()));
            }
        }
    }

    [Fact]
    public async Task Events_that_wait_together_are_taken_out_of_the_record_by_one_write()
    {
        var answer = new TaskCompletionSource();
        _events.Endpoint.Answer = (_, _) => answer.Task;
        await MakeThreeAsync();
        await _events.NextAsync();
        var before = Service.Storage.Writes;

        answer.SetResult();
        await _events.NextAsync(2);
        await _events.SettledAsync();

        Assert.Equal(before + 1, Service.Storage.Writes);
        Assert.Contains("\"p\":[]", Service.Storage.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_of_a_target_takes_out_the_events_that_were_taken()
    {
        _events.Endpoint.Answer = (http, before) =>
        {
            http.Response.StatusCode = before == 1 ? 503 : 200;
            return Task.CompletedTask;
        };
        _events.Use(static events => events.Types = [EventType.Sent]);
        var answer = await HeldAsync();
        answer.SetResult();
        await _events.RefusedAsync(1);

        await Service.VerifyAsync(EventService.Jane, TestService.Wrong(Service.LatestCode));

        Assert.Equal(1, Service.Storage.Content.Split("\"t\":0,\"a\":").Length - 1);

        // Two sends, the first of which the endpoint is asked to take only when both wait.
        async Task<TaskCompletionSource> HeldAsync()
        {
            var (held, answers) = (new TaskCompletionSource(), _events.Endpoint.Answer);
            _events.Endpoint.Answer = async (http, before) =>
            {
                await held.Task;
                await answers(http, before);
            };
            await Service.SendAsync(EventService.Jane);
            await _events.NextAsync();
            await Service.SendAsync(EventService.Jane);
            return held;
        }
    }

    [Fact]
    public async Task Events_arrive_in_order_if_both_grains_lose_their_memory_before_those_that_were_taken_are_taken_out()
    {
        var answer = new TaskCompletionSource();
        _events.Endpoint.Answer = async (http, before) =>
        {
            await answer.Task;
            http.Response.StatusCode = before == 1 ? 503 : 200;
        };
        await MakeThreeAsync();
        await _events.NextAsync();
        answer.SetResult();
        await _events.NextAsync();
        await _events.RefusedAsync(1);

        await Service.DeactivateAsync(_events.Target);
        await Service.DeactivateAsync(_events.Outbox);
        await _events.Outbox.Wake();

        await _events.SettledAsync();
        var received = await _events.NextAsync(_events.Endpoint.Count - 2);
        Assert.Equal(["otp.failed", "otp.verified"], received.Where(static e => e.Type != "otp.sent").Select(static e => e.Type));
        Assert.Contains("\"p\":[]", Service.Storage.Content, StringComparison.Ordinal);
    }

    // Three events of one target.
    private async Task MakeThreeAsync()
    {
        await Service.SendAsync(EventService.Jane);
        await Service.VerifyAsync(EventService.Jane, TestService.Wrong(Service.LatestCode));
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);
    }
}
