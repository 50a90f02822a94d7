using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Otp.Browser.Tests.Harness;
using Otp.Delivery;
using Otp.Fraud;
using Otp.Gateway.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Otp.Browser.Tests;

public sealed class OpsPageTests(Chromium chromium)
{
    // In milliseconds: what is stored is read again after five seconds.
    private const float Patient = 15_000;

    [Fact]
    public async Task Send_is_counted_on_the_page_within_a_second()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        var times = new List<TimeSpan>();

        for (var i = 1; i <= 5; i++)
        {
            await gateway.SendAsync(TestGateway.NewTarget());
            times.Add(await Visit.TimeAsync(() => Expect(visit.Page.Locator("#sent .number")).ToHaveTextAsync($"{i}")));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Seen after {string.Join(", ", times.Select(t => $"{t.TotalMilliseconds:0} ms"))}");

        // The machine may be busy with other tests.
        Assert.InRange(times.Order().ElementAt(1), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(visit.Foreign);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Verifies_refusals_conversion_delivery_storage_and_processes_are_shown()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));
        var target = TestGateway.NewTarget();
        var code = await gateway.SendCodeAsync(target);
        await gateway.VerifyAsync(target, TestGateway.WrongFor(code));
        await gateway.VerifyAsync(target, code);
        await gateway.SendAsync("+44 20 7946 0104");
        await gateway.SendAsync(TestGateway.NewTarget(), TestGateway.Mute);

        await Expect(Row(visit, "#conversions", "E-mail")).ToContainTextAsync("100%");
        await Expect(Row(visit, "#conversions", "+44")).ToContainTextAsync("0%");
        await Expect(Row(visit, "#refusals", "Wrong code")).ToContainTextAsync("Verify");
        await Expect(Row(visit, "#refusals", "Delivery failed")).ToContainTextAsync("Send");
        await Expect(Row(visit, "#providers", "inbox E-mail")).ToBeVisibleAsync();
        await Expect(Row(visit, "#providers", "smtp E-mail")).ToContainTextAsync("Connection failed");
        await Expect(visit.Page.Locator("#storages tbody tr")).Not.ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".process .state")).ToHaveTextAsync("Active");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Parked_events_and_blocked_prefixes_are_shown_with_the_calls_that_act_on_them()
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(410);
        await using var gateway = await LiveGateway.StartAsync(Watched(endpoint));
        await gateway.SendAsync(TestGateway.NewTarget());
        await gateway.SendAsync(TestGateway.NewTarget());
        await BlockAsync(gateway, "+4477009");
        await BlockAsync(gateway, "+12345678901");
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));
        await visit.Page.SetViewportSizeAsync(375, 667);

        await Expect(Row(visit, "#events", "acme")).ToContainTextAsync("410 2", new() { Timeout = Patient });
        await Expect(Row(visit, "#events", "acme").GetByRole(AriaRole.Cell).Last).ToHaveTextAsync("2", new() { Timeout = Patient });
        await Expect(visit.Page.Locator("#events")).ToContainTextAsync("2 events are parked and not tried any more.");
        await Expect(visit.Page.Locator("#events")).ToContainTextAsync("POST /admin/events/replay");
        await Expect(Row(visit, "#blocks", "+4477009")).ToContainTextAsync("2 of 101");
        await Expect(Row(visit, "#blocks", "+4477009")).ToContainTextAsync("acme");
        await Expect(visit.Page.Locator("#blocks tbody th").First).ToContainTextAsync("+12345678901");
        await Expect(visit.Page.Locator("#blocks")).ToContainTextAsync("DELETE /admin/prefixes/{prefix}");
        Assert.Empty(await Audit.FaultsAsync(visit.Page));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Endpoint_without_events_and_guard_without_blocks_say_so()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var gateway = await LiveGateway.StartAsync(Watched(endpoint));
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));

        await Expect(visit.Page.Locator("#events")).ToHaveTextAsync("There was no event in the last hour. None waits, and none is parked.");
        await Expect(visit.Page.Locator("#blocks")).ToHaveTextAsync("No prefix is blocked.");
        Assert.Empty(await Audit.FaultsAsync(visit.Page));
    }

    [Fact]
    public async Task Page_has_no_part_for_what_no_program_has()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));
        await gateway.SendAsync(TestGateway.NewTarget());
        await Expect(visit.Page.Locator("#sent .number")).ToHaveTextAsync("1");

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Events out" })).ToBeHiddenAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Blocked prefixes" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Wrong_secret_is_refused_and_the_right_one_shows_the_clients_own_program()
    {
        await using var gateway = await LiveGateway.StartAsync(Staging);
        await gateway.SendAsync(TestGateway.NewTarget());
        await gateway.SendAsync(TestGateway.NewTarget(), TestGateway.Globex);
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));

        await LogInAsync(visit, TestGateway.AcmeAdmin, "wrong");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Client id or secret is wrong.");
        await Expect(visit.Page.Locator("#figures")).ToBeHiddenAsync();
        await LogInAsync(visit, TestGateway.AcmeAdmin, TestGateway.Secret);

        await Expect(visit.Page.Locator("#audience")).ToHaveTextAsync("Program acme");
        await Expect(visit.Page.Locator("#sent .number")).ToHaveTextAsync("1");
        Assert.DoesNotContain("globex", await visit.Page.ContentAsync(), StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Expect(visit.Page.Locator("#figures")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Client_without_the_role_admin_sees_nothing()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));
        await Expect(visit.Page.Locator("#figures")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await LogInAsync(visit, TestGateway.Acme, TestGateway.Secret);

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This client does not have the role admin.");
        await Expect(visit.Page.Locator("#figures")).ToBeHiddenAsync();
    }

    private static Dictionary<string, string> Staging => new()
    {
        ["environment"] = "Staging",
        ["Otp:AllowExposedCodes"] = "Staging",
        ["Otp:Delivery:Email:0"] = "inbox",
        ["Otp:Delivery:Phone:0"] = "inbox",
    };

    private static Dictionary<string, string> Watched(LoopbackEndpoint endpoint) => new()
    {
        ["Otp:Programs:acme:Events:Url"] = endpoint.Address,
        ["Otp:Programs:acme:Events:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ["Otp:Programs:acme:FraudGuard:Budget"] = "100",
    };

    private static Task BlockAsync(TestGateway gateway, string prefix)
    {
        var now = TimeProvider.System.GetUtcNow();
        return gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IBlockedPrefixesGrain>("acme")
            .Add(new BlockedPrefix(prefix, now, now.AddHours(4), 101, 2));
    }

    private static ILocator Row(Visit visit, string table, string name) =>
        visit.Page.Locator(table).GetByRole(AriaRole.Row, new() { Name = name });

    private static async Task LogInAsync(Visit visit, string client, string secret)
    {
        await visit.Page.GetByLabel("Client id").FillAsync(client);
        await visit.Page.GetByLabel("Secret").FillAsync(secret);
        await visit.Page.Locator("#login").GetByRole(AriaRole.Button).ClickAsync();
    }
}
