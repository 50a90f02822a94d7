using Microsoft.AspNetCore.Http;
using Otp.Delivery;
using Otp.Events;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Events;

/// <summary>How events reach the endpoint, and what happens while they do not.</summary>
public sealed class EventDeliveryTests : IAsyncLifetime
{
    private const string NewerSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private EventService _events = null!;

    private TestService Service => _events.Service;

    public async ValueTask InitializeAsync() => _events = await EventService.StartAsync();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Fact]
    public async Task Every_secret_signs_so_that_the_endpoint_can_change()
    {
        _events.Use(static events => events.Secrets = [NewerSecret, WebhookDelivery.Secret]);
        await Service.SendAsync(EventService.Jane);

        var request = await _events.Endpoint.ReceiveAsync();

        Assert.True(StandardWebhook.Verify(NewerSecret, request));
        Assert.True(StandardWebhook.Verify(WebhookDelivery.Secret, request));
        Assert.Equal(2, request.Headers["webhook-signature"].Split(' ').Length);
    }

    [Fact]
    public async Task Event_that_was_refused_comes_again_under_its_id_and_before_the_next_one()
    {
        _events.Endpoint.Answer = static (http, before) =>
        {
            http.Response.StatusCode = before % 2 == 0 ? 500 : 204;
            return Task.CompletedTask;
        };
        await Service.SendAsync(EventService.Jane);
        await Service.VerifyAsync(EventService.Jane, TestService.Wrong(Service.LatestCode));
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);

        var told = new List<ReceivedEvent> { await _events.NextAsync() };
        for (var refused = 1; refused <= 3; refused++)
        {
            await _events.RefusedAsync(refused);
            await _events.AdvanceAsync(TimeSpan.FromSeconds(1));
            told.AddRange(await _events.NextAsync(refused == 3 ? 1 : 2));
        }

        Assert.Equal(["otp.sent", "otp.sent", "otp.failed", "otp.failed", "otp.verified", "otp.verified"], told.Select(static e => e.Type));
        Assert.All(told.Chunk(2), static pair => Assert.Equal(pair[0].Id, pair[1].Id));
        Assert.All(told.Chunk(2), static pair => Assert.Equal(pair[0].Request.Text, pair[1].Request.Text));
        Assert.NotEqual(told[0].Request.Headers["webhook-timestamp"], told[1].Request.Headers["webhook-timestamp"]);
        await _events.SettledAsync();
    }

    [Fact]
    public async Task Endpoint_that_never_answers_keeps_nobody_waiting()
    {
        var answer = new TaskCompletionSource();
        _events.Endpoint.Answer = (_, _) => answer.Task;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SendStatus.Sent, (await Service.SendAsync(EventService.Jane)).Status);
            await Service.VerifyAsync(EventService.Jane, TestService.Wrong(Service.LatestCode));
        }

        Assert.Equal(VerifyStatus.Verified, (await Service.VerifyAsync(EventService.Jane, Service.LatestCode)).Status);
        await _events.NextAsync();
        Assert.Equal(1, _events.Endpoint.Count);
        answer.SetResult();
    }

    [Fact]
    public async Task Endpoint_that_does_not_answer_in_ten_seconds_has_failed()
    {
        var answer = new TaskCompletionSource();
        _events.Endpoint.Answer = (_, before) => before == 0 ? answer.Task : Task.CompletedTask;
        await Service.SendAsync(EventService.Jane);
        var first = await _events.NextAsync();

        await _events.AdvanceAsync(TimeSpan.FromSeconds(10));
        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), received: 2);

        Assert.Equal(first.Id, (await _events.NextAsync()).Id);
        answer.SetResult();
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var elsewhere = await LoopbackEndpoint.StartAsync();
        _events.Endpoint.Answer = (http, before) =>
        {
            if (before == 0)
            {
                http.Response.Redirect(elsewhere.Address);
            }

            return Task.CompletedTask;
        };
        await Service.SendAsync(EventService.Jane);
        await _events.NextAsync();

        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), received: 2);

        await _events.NextAsync();
        await _events.SettledAsync();
        Assert.Equal(0, elsewhere.Count);
    }

    [Fact]
    public async Task Delay_doubles_from_one_second_to_ten_minutes()
    {
        _events.Answer(500);
        await Service.SendAsync(EventService.Jane);
        await _events.NextAsync();
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600 })
        {
            await _events.RefusedAsync(_events.Endpoint.Count);
            var delay = TimeSpan.Parse(Service.Logs.Lines.Last(EventService.IsRefusal).Split(" again in ")[1]);
            Assert.InRange(delay, TimeSpan.FromSeconds(seconds / 2.0), TimeSpan.FromSeconds(seconds));

            await _events.AdvanceAsync(delay - TimeSpan.FromTicks(1));
            var before = _events.Endpoint.Count;
            await _events.AdvanceAsync(TimeSpan.FromTicks(1));
            await _events.NextAsync();
            Assert.Equal(before + 1, _events.Endpoint.Count);
        }
    }

    [Fact]
    public async Task Endpoint_that_takes_nothing_is_tried_with_one_event_at_a_time()
    {
        _events.Answer(503);
        var keys = _events.SameShard(EndpointCondition.FailuresOfAway + 4);
        foreach (var key in keys)
        {
            await Service.Grains.GetGrain<ITargetGrain>(key).Send(new SendRequest(EventService.Jane, Purpose.None, Operation.New()));
        }

        await EventService.UntilAsync(() => Task.FromResult(Service.Logs.Lines.Any(static line => line.StartsWith("Warning 2040 ", StringComparison.Ordinal))));
        await EventService.UntilAsync(() => Task.FromResult(_events.Refusals == _events.Endpoint.Count));
        var before = _events.Endpoint.Count;
        Assert.InRange(before, EndpointCondition.FailuresOfAway, keys.Count);

        // All of them are due, and one is tried.
        await _events.AdvanceAsync(TimeSpan.FromSeconds(8));
        await _events.RefusedAsync(before + 1);
        Assert.Equal(before + 1, _events.Endpoint.Count);

        _events.Answer(200);
        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), static report => report.WaitingTargets == 0);
        Assert.Contains(Service.Logs.Lines, static line => line.StartsWith("Information 2041 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_that_is_refused_for_a_day_is_parked_and_replayed()
    {
        _events.Answer(500);
        await Service.SendAsync(EventService.Jane);
        var first = await _events.NextAsync();
        var at = _events.Time.GetUtcNow();
        await _events.RefusedAsync(1);
        _events.Time.Advance(TimeSpan.FromDays(1));
        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), report => report.ParkedEvents == 1);

        var parked = Assert.Single((await _events.UntilAsync(static report => report.WaitingTargets == 0)).Parked);
        Assert.Equal((first.Id, EventType.Sent, at, first.Text("subject")), (parked.Id, parked.Type, parked.OccurredAt, parked.Subject));
        Assert.Contains(parked.Failure, (string[])["500", "timeout"]);

        // The endpoint refuses it again, and then takes it.
        var before = _events.Endpoint.Count;
        Assert.Equal(1, await _events.Outbox.Replay());
        await EventService.UntilAsync(() => Task.FromResult(_events.Endpoint.Count > before));
        Assert.Equal(1, (await _events.Outbox.Report()).ParkedEvents);
        _events.Answer(200);
        await EventService.UntilAsync(async () =>
        {
            await _events.Outbox.Replay();
            return (await _events.Outbox.Report()).ParkedEvents == 0;
        });
        Assert.Equal(0, await _events.Outbox.Replay());
    }

    [Fact]
    public async Task Endpoint_that_is_gone_gets_each_event_once()
    {
        _events.Answer(StatusCodes.Status410Gone);
        await Service.SendAsync(EventService.Jane);
        await Service.VerifyAsync(EventService.Jane, Service.LatestCode);

        var report = await _events.UntilAsync(static report => report is { ParkedEvents: 2, WaitingTargets: 0 });

        Assert.Equal([EventType.Sent, EventType.Verified], report.Parked.Select(static parked => parked.Type));
        Assert.All(report.Parked, static parked => Assert.Equal("410", parked.Failure));
        Assert.Equal(2, _events.Endpoint.Count);
    }

    [Fact]
    public async Task Erase_forgets_what_is_parked()
    {
        _events.Answer(StatusCodes.Status410Gone);
        _events.Use(static events => (events.IncludeTarget, events.Types) = (true, [EventType.Sent]));
        await Service.SendAsync(EventService.Jane);
        await _events.UntilAsync(static report => report.ParkedEvents == 1);
        Assert.Contains("\"x\":\"", Service.Storage.Content, StringComparison.Ordinal);

        await Service.EraseAsync(EventService.Jane);

        Assert.Equal(0, (await _events.Outbox.Report()).ParkedEvents);
        Assert.DoesNotContain("\"x\":\"", Service.Storage.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_that_is_refused_after_its_target_was_erased_is_not_parked()
    {
        using var measurements = new Measurements();
        var answer = new TaskCompletionSource();
        _events.Endpoint.Answer = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status410Gone;
            return answer.Task;
        };
        _events.Use(static events => (events.IncludeTarget, events.Types) = (true, [EventType.Sent]));
        await Service.SendAsync(EventService.Jane);
        await _events.NextAsync();

        await Service.EraseAsync(EventService.Jane);
        answer.SetResult();

        await EventService.UntilAsync(() => Task.FromResult(measurements.Of("otp.events", "otp.program", TestService.Program).Any(static tags => tags.Contains("410", StringComparison.Ordinal))));
        await AdvanceUntilAsync(TimeSpan.FromSeconds(10), static report => report.WaitingTargets == 0);
        Assert.Equal(0, (await _events.Outbox.Report()).ParkedEvents);
        Assert.DoesNotContain("\"x\":\"", Service.Storage.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_that_is_taken_away_leaves_events_for_when_it_is_back()
    {
        _events.Answer(500);
        await Service.SendAsync(EventService.Jane);
        await _events.NextAsync();
        await _events.RefusedAsync(1);
        Service.Use(new ProgramOptions());
        await _events.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _events.Endpoint.Count);

        _events.Answer(200);
        _events.Use(static _ => { });
        await _events.Outbox.Wake();

        Assert.Equal("otp.sent", (await _events.NextAsync()).Type);
        await _events.SettledAsync();
    }

    [Fact]
    public async Task What_is_told_is_stored_nowhere_and_the_record_lives_no_longer_than_without()
    {
        await Service.SendAsync(EventService.Jane);
        await _events.NextAsync();
        await _events.SettledAsync();
        await _events.AdvanceAsync(TimeSpan.FromSeconds(2));
        await EventService.UntilAsync(() => Task.FromResult(!Service.Storage.Content.Contains($"\"{_events.Key}\"", StringComparison.Ordinal)));
        Assert.Contains("\"p\":[]", Service.Storage.Content, StringComparison.Ordinal);

        _events.Time.Advance(TimeSpan.FromDays(1));
        await Service.VerifyAsync(EventService.Jane, "000000");

        // The grain's timer clears the record in a turn of its own.
        await EventService.UntilAsync(() => Task.FromResult(!$"\n{Service.Storage.Content}".Contains("\ntarget/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_became_of_events_is_measured()
    {
        using var measurements = new Measurements();
        _events.Endpoint.Answer = static (http, before) =>
        {
            http.Response.StatusCode = before == 0 ? 503 : 410;
            return Task.CompletedTask;
        };
        await Service.SendAsync(EventService.Jane);
        await _events.NextAsync();
        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), static report => report.ParkedEvents == 1);

        var counted = measurements.Of("otp.events", "otp.program", TestService.Program);
        Assert.Contains("error.type=503 otp.event=otp.sent otp.outcome=failed", counted);
        Assert.Contains("otp.outcome=parked", counted);
        Assert.Contains("otp.outcome=failed", measurements.Of("otp.events.age", "otp.program", TestService.Program));
    }

    private Task AdvanceUntilAsync(TimeSpan by, int received) => EventService.UntilAsync(async () =>
    {
        await _events.AdvanceAsync(by);
        return _events.Endpoint.Count >= received;
    });

    private Task AdvanceUntilAsync(TimeSpan by, Predicate<EventOutboxReport> condition) => EventService.UntilAsync(async () =>
    {
        await _events.AdvanceAsync(by);
        return condition(await _events.Outbox.Report());
    });
}
