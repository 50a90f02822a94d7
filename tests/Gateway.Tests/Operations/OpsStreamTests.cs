using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Otp.Delivery;
using Otp.Fraud;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Operations;

public sealed class OpsStreamTests
{
    private const string Stream = "/ops/stream";

    [Fact]
    public async Task Admin_sees_the_sends_of_their_own_program_and_no_other_programs_name()
    {
        await using var gateway = await StartAsync(new()
        {
            ["Otp:Programs:initech:Clients:initech:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:initech:Clients:initech:Roles:0"] = "admin",
            ["Otp:Programs:initech:Clients:initech:Roles:1"] = "otp",
        });
        await gateway.SendAsync(TestGateway.NewTarget(), "initech");
        await gateway.SendAsync(TestGateway.NewTarget(), TestGateway.Globex);
        await using var reader = await EventReader.OpenAsync(gateway, Stream, await gateway.TokenAsync("initech"));

        var figures = await UntilAsync(reader, view => Hour(view, "sent") > 0);

        Assert.Equal((1, "initech"), (Hour(figures, "sent"), figures.GetProperty("program").GetString()));
        Assert.DoesNotContain("globex", figures.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(figures.GetProperty("processes").EnumerateArray(), process => process.GetProperty("process").GetProperty("role").GetString() == "Combined");
        Assert.NotEqual(0, figures.GetProperty("storages").GetArrayLength());
    }

    [Fact]
    public async Task Admin_sees_the_deliveries_of_their_own_program_and_no_other_programs_providers()
    {
        await using var gateway = await StartAsync(new()
        {
            ["Otp:Programs:umbrella:Clients:umbrella:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:umbrella:Clients:umbrella:Roles:0"] = "admin",
            ["Otp:Programs:umbrella:Clients:umbrella:Roles:1"] = "otp",
            ["Otp:Delivery:Smtp:of-globex:Host"] = "127.0.0.1",
            ["Otp:Delivery:Smtp:of-globex:Port"] = "1",
            ["Otp:Delivery:Smtp:of-globex:From"] = "otp@example.com",
            ["Otp:Programs:globex:Delivery:Email:0"] = "of-globex",
            ["Otp:Programs:globex:Delivery:Email:1"] = "inbox",
        });
        await gateway.SendAsync(TestGateway.NewTarget(), "umbrella");
        await gateway.SendAsync(TestGateway.NewTarget(), TestGateway.Globex);
        await using var developer = await EventReader.OpenAsync(gateway, Stream);
        await UntilAsync(developer, view => ProvidersIn(view).Exists(provider => provider.Name == "of-globex"));
        await using var reader = await EventReader.OpenAsync(gateway, Stream, await gateway.TokenAsync("umbrella"));

        var figures = await UntilAsync(reader, view => Hour(view, "sent") > 0);

        Assert.Equal([("inbox", 1L)], ProvidersIn(figures));
        Assert.DoesNotContain("of-globex", figures.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admin_sees_the_parked_events_and_the_blocked_prefixes_of_their_own_program_alone()
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(StatusCodes.Status410Gone);
        var settings = new Dictionary<string, string>
        {
            ["Otp:Programs:hooli:Clients:hooli:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:hooli:Clients:hooli:Roles:0"] = "otp",
            ["Otp:Programs:hooli:Clients:hooli-admin:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:hooli:Clients:hooli-admin:Roles:0"] = "admin",
        };
        foreach (var program in new[] { "acme", "hooli" })
        {
            settings[$"Otp:Programs:{program}:Events:Url"] = endpoint.Address;
            settings[$"Otp:Programs:{program}:Events:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
            settings[$"Otp:Programs:{program}:FraudGuard:Budget"] = "1";
        }

        await using var gateway = await StartAsync(settings);
        await gateway.SendAsync(TestGateway.NewTarget(), "hooli");
        var now = TimeProvider.System.GetUtcNow();
        await gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IBlockedPrefixesGrain>("hooli")
            .Add(new BlockedPrefix("+4477009", now, now.AddHours(4), 101, 2));
        await using var own = await EventReader.OpenAsync(gateway, Stream, await gateway.TokenAsync("hooli-admin"));

        var figures = await UntilAsync(own, view => view.GetProperty("events").EnumerateArray()
            .Any(events => events.GetProperty("parked").GetInt32() > 0 && events.GetProperty("failures").EnumerateObject().Any()));

        var events = Assert.Single(figures.GetProperty("events").EnumerateArray());
        Assert.Equal(("hooli", 1), (events.GetProperty("program").GetString(), events.GetProperty("parked").GetInt32()));
        Assert.Equal("""{"410":1}""", events.GetProperty("failures").GetRawText());
        var guard = Assert.Single(figures.GetProperty("guards").EnumerateArray());
        Assert.Equal(("hooli", 1), (guard.GetProperty("program").GetString(), guard.GetProperty("blocked").GetInt32()));
        var blocked = Assert.Single(guard.GetProperty("latest").EnumerateArray());
        Assert.Equal(
            ("+4477009", now, now.AddHours(4)),
            (blocked.GetProperty("prefix").GetString(), blocked.GetProperty("blockedAt").GetDateTimeOffset(), blocked.GetProperty("blockedUntil").GetDateTimeOffset()));

        await using var other = await EventReader.OpenAsync(gateway, Stream, await gateway.TokenAsync(TestGateway.AcmeAdmin));
        var others = await UntilAsync(other, view => view.GetProperty("events").GetArrayLength() > 0);
        Assert.Equal(("acme", 0), (others.GetProperty("events")[0].GetProperty("program").GetString(), others.GetProperty("events")[0].GetProperty("parked").GetInt32()));
        Assert.DoesNotContain("hooli", others.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("+4477009", others.GetRawText(), StringComparison.Ordinal);

        await using var developer = await EventReader.OpenAsync(gateway, Stream);
        var all = await UntilAsync(developer, view => view.GetProperty("guards").GetArrayLength() == 2);
        Assert.Equal(["acme", "hooli"], all.GetProperty("guards").EnumerateArray().Select(each => each.GetProperty("program").GetString()!));
    }

    [Fact]
    public async Task Developer_at_this_machine_sees_all_programs()
    {
        await using var gateway = await StartAsync();
        await using var reader = await EventReader.OpenAsync(gateway, Stream);

        Assert.Equal(JsonValueKind.Null, (await UntilAsync(reader, _ => true)).GetProperty("program").ValueKind);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Authorization", "Bearer nonsense")]
    public async Task Request_that_may_come_from_elsewhere_is_no_developers(string name, string value)
    {
        await using var gateway = await StartAsync();
        await using var reader = await EventReader.OpenAsync(gateway, Stream, token: null, (name, value));

        Assert.Equal(HttpStatusCode.Unauthorized, reader.Status);
    }

    [Fact]
    public async Task Behind_a_proxy_nobody_is_a_developer()
    {
        await using var gateway = await StartAsync(new() { ["Otp:Proxies:0"] = "10.0.0.1" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.GetAsync(Stream)).Status);
    }

    [Fact]
    public async Task Outside_development_there_is_no_way_without_a_token()
    {
        await using var gateway = await StartAsync(new() { ["environment"] = "Production" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.GetAsync(Stream)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/ops")).Status);
    }

    [Fact]
    public async Task Client_without_the_role_admin_is_refused()
    {
        await using var gateway = await StartAsync();
        await using var reader = await EventReader.OpenAsync(gateway, Stream, await gateway.TokenAsync());

        Assert.Equal(HttpStatusCode.Forbidden, reader.Status);
    }

    [Fact]
    public async Task Stream_ends_with_its_token()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Tokens:Lifetime"] = "00:01:00" });
        var issued = gateway.Time.GetUtcNow();
        await using var reader = await EventReader.OpenAsync(gateway, Stream, await gateway.TokenAsync(TestGateway.AcmeAdmin));
        Assert.NotNull(await reader.NextAsync());

        var ended = UntilEndAsync(reader);
        while (!ended.IsCompleted)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await ended;
        Assert.InRange(gateway.Time.GetUtcNow() - issued, TimeSpan.FromMinutes(1), TimeSpan.MaxValue);
    }

    private static Task<TestGateway> StartAsync(Dictionary<string, string>? settings = null) =>
        TestGateway.StartAsync(settings, builder => builder.Services.AddSingleton(TimeProvider.System));

    private static async Task UntilEndAsync(EventReader reader)
    {
        while (await reader.NextAsync() is not null)
        {
            // The stream is still alive.
        }
    }

    private static async Task<JsonElement> UntilAsync(EventReader reader, Func<JsonElement, bool> isWanted)
    {
        while (true)
        {
            var view = JsonDocument.Parse((await reader.NextAsync())!.Value.Data).RootElement;
            if (isWanted(view))
            {
                return view;
            }
        }
    }

    private static List<(string Name, long Succeeded)> ProvidersIn(JsonElement view) =>
    [
        .. view.GetProperty("providers").EnumerateArray()
            .Select(provider => (provider.GetProperty("name").GetString()!, provider.GetProperty("succeeded").GetInt64())),
    ];

    private static long Hour(JsonElement view, string flow) => view.GetProperty(flow).GetProperty("hour").GetInt64();
}
