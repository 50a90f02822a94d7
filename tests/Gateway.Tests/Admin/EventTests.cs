using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Admin;

/// <summary>Events as an operator sees them: what waits, what is parked, and how it is posted once more.</summary>
public sealed class EventTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task Program_that_is_told_of_nothing_has_nothing_that_waits()
    {
        await using var service = await LoyalifeService.StartAsync();

        var list = await service.AdminAsync(HttpMethod.Get, "/admin/events");
        var replay = await service.AdminAsync(HttpMethod.Post, "/admin/events/replay");

        Assert.Equal((HttpStatusCode.OK, """{"waitingTargets":0,"waitingSince":null,"parkedEvents":0,"parked":[]}"""), (list.Status, list.Body));
        Assert.Equal((HttpStatusCode.Accepted, """{"parkedEvents":0}"""), (replay.Status, replay.Body));
    }

    [Fact]
    public async Task Parked_event_is_shown_without_the_address_and_replayed()
    {
        var gone = true;
        await using var endpoint = await LoopbackEndpoint.StartAsync((http, _) =>
        {
            http.Response.StatusCode = gone ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        await using var service = await StartAsync(endpoint.Address);
        var target = TestGateway.NewTarget();
        await service.Gateway.SendCodeAsync(target, LoyalifeService.Client);
        var posted = await endpoint.ReceiveAsync();

        var list = await UntilAsync(service, static list => list.GetProperty("parkedEvents").GetInt32() == 1);

        var subject = JsonDocument.Parse(posted.Body).RootElement.GetProperty("data").GetProperty("subject").GetString();
        var now = service.Gateway.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        Assert.Equal(
            $$"""
            [{"id":"{{posted.Headers["webhook-id"]}}","type":"otp.sent","occurredAt":"{{now}}","parkedAt":"{{now}}","subject":"{{subject}}","failure":"410"}]
            """,
            list.GetProperty("parked").GetRawText());
        gone = false;
        Assert.Equal("""{"parkedEvents":1}""", (await service.AdminAsync(HttpMethod.Post, "/admin/events/replay")).Body);
        Assert.Equal(posted.Headers["webhook-id"], (await endpoint.ReceiveAsync()).Headers["webhook-id"]);
        await UntilAsync(service, static list => list.GetProperty("parkedEvents").GetInt32() == 0);
    }

    [Fact]
    public async Task Event_that_waits_is_counted()
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(503);
        await using var service = await StartAsync(endpoint.Address);
        await service.Gateway.SendCodeAsync(TestGateway.NewTarget(), LoyalifeService.Client);
        await endpoint.ReceiveAsync();

        var list = await UntilAsync(service, static list => list.GetProperty("waitingTargets").GetInt32() == 1);

        Assert.Equal(service.Gateway.Time.GetUtcNow(), list.GetProperty("waitingSince").GetDateTimeOffset());
    }

    [Fact]
    public async Task Operator_sees_the_events_of_its_own_program_alone()
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(StatusCodes.Status410Gone);
        await using var service = await StartAsync(endpoint.Address);
        await service.Gateway.SendCodeAsync(TestGateway.NewTarget(), LoyalifeService.Client);
        await UntilAsync(service, static list => list.GetProperty("parkedEvents").GetInt32() == 1);

        var other = await service.AdminAsync(HttpMethod.Get, "/admin/events", client: LoyalifeService.OpenAdmin);

        Assert.Equal(0, other.Json.GetProperty("parkedEvents").GetInt32());
    }

    [Fact]
    public async Task Send_is_answered_while_the_endpoint_is_silent()
    {
        await using var endpoint = new MuteEndpoint();
        await using var service = await StartAsync(endpoint.Address);
        var target = TestGateway.NewTarget();

        var code = await service.Gateway.SendCodeAsync(target, LoyalifeService.Client);

        Assert.Equal(HttpStatusCode.OK, (await service.Gateway.VerifyAsync(target, code, LoyalifeService.Client)).Status);
    }

    private static Task<LoyalifeService> StartAsync(string url) => LoyalifeService.StartAsync(new()
    {
        ["Otp:Programs:7:Events:Url"] = url,
        ["Otp:Programs:7:Events:Secrets:0"] = Secret,
    });

    private static async Task<JsonElement> UntilAsync(LoyalifeService service, Predicate<JsonElement> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (true)
        {
            var list = (await service.AdminAsync(HttpMethod.Get, "/admin/events")).Json;
            if (condition(list))
            {
                return list;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, timeout.Token);
        }
    }
}
