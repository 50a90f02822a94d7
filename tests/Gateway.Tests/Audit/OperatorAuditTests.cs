using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Otp.Gateway.Tests.Loyalife;
using Otp.Gateway.Tests.LoyaltyDog;
using Otp.Storage;

namespace Otp.Gateway.Tests.Audit;

/// <summary>Every act of an operator, done or not, is an event under <c>Otp.Audit</c>.</summary>
public sealed class OperatorAuditTests
{
    [Fact]
    public async Task Acts_on_members_are_audited()
    {
        await using var service = await LoyalifeService.StartAsync();
        var (reference, email) = await service.NewMemberAsync();
        var path = $"/admin/members/{reference}";
        await service.AdminAsync(HttpMethod.Get, path);
        await service.AdminAsync(HttpMethod.Delete, path);
        await service.AdminAsync(HttpMethod.Get, path);

        var events = Events(service);

        Assert.Collection(
            events,
            e => Assert.Matches("^Information Otp.Audit 4001 Done: put member [0-9a-f]{16} by seven-admin of program 7 from 127.0.0.1: 201", e),
            e => Assert.Matches("^Information Otp.Audit 4001 Done: get member [0-9a-f]{16} by seven-admin of program 7 from 127.0.0.1: 200", e),
            e => Assert.Matches("^Information Otp.Audit 4001 Done: delete member [0-9a-f]{16} by seven-admin of program 7 from 127.0.0.1: 204", e),
            e => Assert.Matches("^Warning Otp.Audit 4002 Refused: get member [0-9a-f]{16} by seven-admin of program 7 from 127.0.0.1: 404", e));
        Assert.Single(events.Select(e => e.Split(" member ")[1][..16]).Distinct(StringComparer.Ordinal));
        Assert.DoesNotContain(events, e => e.Contains(email, StringComparison.OrdinalIgnoreCase) || e.Contains(reference, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("inspect", 200)]
    [InlineData("unlock", 200)]
    [InlineData("erase", 204)]
    public async Task Acts_on_targets_are_audited(string act, int status)
    {
        await using var service = await LoyalifeService.StartAsync();
        await service.AdminAsync(HttpMethod.Post, $"/admin/targets/{act}", Target());

        var line = Assert.Single(Events(service));

        Assert.Matches($"^Information Otp.Audit 4001 Done: {act} target [0-9a-f]{{16}} by seven-admin of program 7 from 127.0.0.1: {status}", line);
        Assert.DoesNotContain("audited", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_act_is_audited()
    {
        await using var service = await LoyalifeService.StartAsync();
        await service.AdminAsync(HttpMethod.Post, "/admin/targets/erase", Target(), LoyalifeService.Client);
        await service.AdminAsync(HttpMethod.Post, "/admin/targets/erase", Target(), token: "broken");
        await service.AdminAsync(HttpMethod.Post, "/admin/targets/erase", new JsonObject());

        Assert.Collection(
            Events(service),
            e => Assert.StartsWith("Warning Otp.Audit 4002 Refused: erase target - by seven of program 7 from 127.0.0.1: 403", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Warning Otp.Audit 4002 Refused: erase target - by - of program - from 127.0.0.1: 401", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Warning Otp.Audit 4002 Refused: erase target - by seven-admin of program 7 from 127.0.0.1: 422", e, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failed_act_is_audited()
    {
        await using var service = await LoyalifeService.StartAsync(
            configure: static builder => DownStorage.Break(builder, "target"));
        await service.AdminAsync(HttpMethod.Post, "/admin/targets/erase", Target());

        Assert.Matches(
            "^Error Otp.Audit 4003 Failed, perhaps half done: erase target [0-9a-f]{16} by seven-admin of program 7 from 127.0.0.1",
            Assert.Single(Events(service)));
    }

    [Fact]
    public async Task Act_whose_caller_hangs_up_is_no_failure_of_the_service()
    {
        using var hangUp = new CancellationTokenSource();
        var storage = new AbandonedStorage();
        var service = await LoyalifeService.StartAsync(configure: builder => builder.Services
            .AddSingleton<IStartupFilter>(storage)
            .AddSingleton(services => new RecordStorage([(TimeSpan.MaxValue, storage)], services.GetRequiredService<TimeProvider>())));
        using var erase = new HttpRequestMessage(HttpMethod.Post, "/admin/targets/erase")
        {
            Content = new StringContent(Target().ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await service.Gateway.TokenAsync(LoyalifeService.Admin)) },
        };

        var call = service.Gateway.Http.SendAsync(erase, hangUp.Token);
        await storage.Reached.Task;
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await service.DisposeAsync();

        Assert.Matches(
            "^Warning Otp.Audit 4004 Abandoned by its caller, perhaps done: erase target [0-9a-f]{16} by seven-admin of program 7 from 127.0.0.1",
            Assert.Single(Events(service)));
        Assert.DoesNotContain(service.Gateway.Logs.Lines, line => line.StartsWith("Error Otp.", StringComparison.Ordinal));
    }

    private static JsonObject Target() => new() { ["target"] = "audited@example.com" };

    // Without scopes: the host's own has the path, and is switched off where this harness does not make it log everything.
    private static List<string> Events(LoyalifeService service) =>
    [
        .. service.Gateway.Logs.Lines
            .Where(line => line.Contains(" Otp.Audit ", StringComparison.Ordinal))
            .Select(line => line.Split(" [")[0]),
    ];

    /// <summary>A storage that fails, but only when the caller has hung up.</summary>
    private sealed class AbandonedStorage : IGrainStorage, IStartupFilter
    {
        private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate following) =>
            {
                context.RequestAborted.Register(() => _hungUp.TrySetResult());
                return following(context);
            });
            next(app);
        };

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => FailAsync();

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => FailAsync();

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => FailAsync();

        private async Task FailAsync()
        {
            Reached.TrySetResult();
            await _hungUp.Task;
            throw new IOException("storage is down");
        }
    }
}
