using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Otp.Browser.Tests.Harness;
using Otp.Delivery;
using Otp.Fraud;
using Otp.Gateway.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Otp.Browser.Tests;

/// <summary>Every page, wide and narrow, light and dark: readable, named, within the window. The pictures are kept with the tests' results.</summary>
public sealed class LookTests(Chromium chromium)
{
    private const float LoadMilliseconds = 15_000;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Inbox_is_fit_to_be_seen()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await gateway.SendAsync("+44 20 7946 0104");
        await gateway.SendAsync("grace@example.com");
        await gateway.SendAsync("ada.lovelace@mail.example.com");
        await using var visit = await chromium.OpenAsync(gateway.Address("/dev/inbox"));
        await visit.Page.Locator(".sms summary").First.ClickAsync();
        await Expect(visit.Page.FrameLocator("iframe").GetByText("works once")).ToBeVisibleAsync();

        await AssertFitAsync(visit, "inbox");
    }

    [Fact]
    public async Task Empty_inbox_is_fit_to_be_seen()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var visit = await chromium.OpenAsync(gateway.Address("/dev/inbox"));
        await Expect(visit.Page.Locator("#empty")).ToBeVisibleAsync();

        await AssertFitAsync(visit, "inbox-empty");
    }

    [Fact]
    public async Task Figures_are_fit_to_be_seen()
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(410);
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:Programs:acme:Events:Url"] = endpoint.Address,
            ["Otp:Programs:acme:Events:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ["Otp:Programs:acme:FraudGuard:Budget"] = "100",
        });
        await gateway.SendAsync(TestGateway.NewTarget());
        BusyHour.Play(gateway.Time);
        var blocked = new BlockedPrefix("+12345678901", gateway.Time.GetUtcNow(), gateway.Time.GetUtcNow().AddDays(2), 12_345, 1_234);
        await gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IBlockedPrefixesGrain>("acme").Add(blocked);
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));
        while (await visit.Page.Locator("#refusals tbody tr").CountAsync() < 5 || await visit.Page.Locator("#events .bad, #blocks tbody tr").CountAsync() < 2)
        {
            gateway.Time.Advance(Step);
        }

        await AssertFitAsync(visit, "ops");
    }

    [Fact]
    public async Task Log_in_is_fit_to_be_seen()
    {
        await using var gateway = await LiveGateway.StartAsync(new() { ["environment"] = "Staging" });
        await using var visit = await chromium.OpenAsync(gateway.Address("/ops"));
        await Expect(visit.Page.GetByLabel("Client id")).ToBeFocusedAsync();

        await AssertFitAsync(visit, "ops-log-in");
    }

    [Fact]
    public async Task Api_page_is_fit_to_be_seen()
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var visit = await chromium.OpenAsync(gateway.Address("/docs"));
        await Expect(visit.Page.Locator("[data-path='/v2/giftcards/customers/otp/send']")).ToBeVisibleAsync(new() { Timeout = LoadMilliseconds });

        await AssertFitAsync(visit, "docs");
    }

    private static async Task AssertFitAsync(Visit visit, string name)
    {
        foreach (var (width, height) in new[] { (1280, 900), (390, 844) })
        {
            await visit.Page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var look = $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}";
                var path = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots", $"{look}.png");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(Path.GetFullPath(path), await PictureAsync(visit.Page), TestContext.Current.CancellationToken);
                var faults = await Audit.FaultsAsync(visit.Page);
                Assert.True(faults.Length == 0, $"{look}: {string.Join("; ", faults)}");
            }
        }

        Assert.Empty(visit.Foreign);
    }

    // A picture may be taken before all is painted; two in a row that are the same were not. A page that is live may have none such.
    private static async Task<byte[]> PictureAsync(IPage page)
    {
        byte[] last, picture = [];
        var tries = 0;
        do
        {
            last = picture;
            picture = await page.ScreenshotAsync(new() { FullPage = true });
        }
        while (!picture.AsSpan().SequenceEqual(last) && ++tries < 3);

        return picture;
    }
}
