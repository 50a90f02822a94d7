using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Otp.Browser.Tests.Harness;

/// <summary>One page in a window of its own. It asks no other origin for anything and complains of nothing.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _foreign = new();
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visit(IBrowserContext context, IPage page, Uri url)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            if (asked.Scheme is "http" or "https" or "ws" && asked.Authority != url.Authority)
            {
                _foreign.Enqueue(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Requests that went to another origin.</summary>
    public IEnumerable<string> Foreign => _foreign;

    /// <summary>What the browser had to complain about.</summary>
    public IEnumerable<string> Complaints => _complaints;

    public static async Task<Visit> BeginAsync(IBrowser browser, Uri url)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1280, Height = 900 },
            Locale = "en-GB",
            TimezoneId = "UTC",
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var visit = new Visit(context, await context.NewPageAsync(), url);
        await visit.Page.GotoAsync(url.ToString());
        return visit;
    }

    /// <summary>How long it takes from now until what is expected is there.</summary>
    public static async Task<TimeSpan> TimeAsync(Func<Task> expectation)
    {
        var start = TimeProvider.System.GetTimestamp();
        await expectation();
        return TimeProvider.System.GetElapsedTime(start);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
