using Microsoft.Playwright;
using Otp.Browser.Tests.Harness;

[assembly: AssemblyFixture(typeof(Chromium))]

// What one gateway counts, all gateways of a process count; and pages are timed here.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Otp.Browser.Tests.Harness;

/// <summary>The Chromium that this machine has, driven by Playwright; none is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var path = Find();
        if (path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    /// <summary>Opens a page; without a browser the test is skipped, or fails where it must not be.</summary>
    public async Task<Visit> OpenAsync(string url)
    {
        if (Environment.GetEnvironmentVariable("OTP_REQUIRE_BROWSER") != "1")
        {
            Assert.SkipWhen(_browser is null, "Chromium is not installed (Debian: chromium)");
        }

        Assert.True(_browser is not null, "Chromium is required here and not installed.");
        return await Visit.BeginAsync(_browser, new Uri(url));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
