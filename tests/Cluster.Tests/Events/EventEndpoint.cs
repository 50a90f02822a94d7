using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Otp.Cluster.Load;

namespace Otp.Cluster.Events;

/// <summary>
/// An endpoint of events on loopback that refuses each event every other time it comes, so half of all calls, and keeps for each target what it
/// took in the order in which it took it.
/// </summary>
internal sealed class EventEndpoint : IAsyncDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<TakenEvent>> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();
    private int _count;
    private int _calls;

    private EventEndpoint(WebApplication app) => _app = app;

    /// <summary>What processes are told, so that the program of <see cref="Rules.Standard"/> has this endpoint.</summary>
    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["Otp__Programs__19__Events__Url"] = $"{_app.Urls.Single()}/events",
        ["Otp__Programs__19__Events__Secrets__0"] = Secret,
        ["Otp__Programs__19__Events__IncludeTarget"] = "true",
        ["Logging__LogLevel__Orleans"] = "Warning",
    };

    /// <summary>How many events it took, each counted once.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many calls came.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What was wrong with calls.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<EventEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var endpoint = new EventEndpoint(builder.Build());
        endpoint._app.MapPost("/events", endpoint.TakeAsync);
        await endpoint._app.StartAsync();
        return endpoint;
    }

    /// <summary>The types of a target's events, in the order in which they were taken; null if one came before an earlier one.</summary>
    public IReadOnlyList<string>? Of(string target)
    {
        var taken = _taken.GetValueOrDefault(target) ?? [];
        lock (taken)
        {
            return taken.Zip(taken.Skip(1)).All(static pair => pair.First.Sequence < pair.Second.Sequence) ? [.. taken.Select(static e => e.Type)] : null;
        }
    }

    /// <summary>How long each event took to arrive.</summary>
    public float[] Delays() => [.. _taken.Values.SelectMany(static taken => taken).Select(static e => (float)e.Delay.TotalMilliseconds).Order()];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        using var stream = new MemoryStream();
        await context.Request.Body.CopyToAsync(stream, context.RequestAborted);
        var (body, headers) = (stream.ToArray(), context.Request.Headers);
        string id = headers["webhook-id"]!;
        if (!IsSigned(id, headers["webhook-timestamp"]!, headers["webhook-signature"]!, body))
        {
            _faults.Enqueue("A call was not signed.");
        }

        if (_attempts.AddOrUpdate(id, 1, static (_, before) => before + 1) % 2 == 1)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        using var json = JsonDocument.Parse(body);
        var (root, data) = (json.RootElement, json.RootElement.GetProperty("data"));
        var taken = _taken.GetOrAdd(data.GetProperty("target").GetString()!, static _ => []);
        lock (taken)
        {
            if (!taken.Exists(e => e.Id == id))
            {
                var delay = TimeProvider.System.GetUtcNow() - root.GetProperty("timestamp").GetDateTimeOffset();
                taken.Add(new TakenEvent(id, root.GetProperty("type").GetString()!, data.GetProperty("sequence").GetInt64(), delay));
                Interlocked.Increment(ref _count);
            }
        }
    }

    private static bool IsSigned(string id, string timestamp, string signature, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return signature == $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), signed))}";
    }

    private sealed record TakenEvent(string Id, string Type, long Sequence, TimeSpan Delay);
}
