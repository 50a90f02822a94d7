using System.Net;
using System.Net.Sockets;
using System.Text;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;
using Otp.Fuzz.Api;
using Otp.Fuzz.Inputs;

namespace Otp.Fuzz;

/// <summary>A checker that never complains proves nothing: what it must not let through.</summary>
public sealed class FuzzCheckerTests : IAsyncLifetime
{
    private const string Fine = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private const string Fault = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

    private static readonly ApiCall Call = new("POST", "/things", NeedsToken: true, "application/json", new System.Text.Json.Nodes.JsonObject { ["a"] = "b" });
    private static readonly FuzzInput Unspoiled = new(Call, 1, []);

    private readonly RunClock _clock = new();
    private readonly Hiccups _hiccups;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Func<string, string?> _answer = static _ => Fine;
    private readonly CancellationTokenSource _stopping = new();
    private Task _serving = Task.CompletedTask;

    public FuzzCheckerTests() => _hiccups = new Hiccups(_clock);

    public ValueTask InitializeAsync()
    {
        _listener.Start();
        _serving = ServeAsync();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Stop();
        _stopping.Dispose();
        await _hiccups.DisposeAsync();
    }

    [Fact]
    public async Task Answer_below_500_is_fine()
    {
        using var checker = NewChecker();

        Assert.Equal((200, null), (await TryAsync(checker, Unspoiled)));
        Assert.Equal((200, null), (await TryAsync(checker, Unspoiled)));
    }

    [Fact]
    public async Task Fault_of_the_service_is_found()
    {
        _answer = static _ => Fault;
        using var checker = NewChecker();

        Assert.Equal((500, "answered 500"), await TryAsync(checker, Unspoiled));
    }

    [Fact]
    public async Task Request_that_is_not_answered_is_found()
    {
        _answer = static _ => null;
        using var checker = NewChecker();

        Assert.Equal((null, "the connection was closed without an answer"), await TryAsync(checker, Unspoiled));
    }

    [Fact]
    public async Task Finding_is_shortened_to_what_it_takes()
    {
        _answer = static request => request.Contains("X-Spoiled", StringComparison.Ordinal) ? Fault : Fine;
        var needed = new FuzzStep(new Mutation("needed", static (request, _) => request.Set("X-Spoiled", "1")), 0);
        FuzzStep[] others = [.. HeaderMutations.All.Where(static mutation => mutation.Name is "media type" or "language" or "idempotency key").Select(static mutation => new FuzzStep(mutation, 3))];
        using var checker = NewChecker();

        var shortest = await checker.ShortenAsync(Unspoiled with { Steps = [.. others, needed, .. others] }, "answered 500");

        Assert.Equal(needed, Assert.Single(shortest.Steps));
    }

    private static async Task<(int? Status, string? Fault)> TryAsync(FuzzChecker checker, FuzzInput input)
    {
        var verdict = await checker.TryAsync(input);
        return (verdict.Status, verdict.Fault);
    }

    private FuzzChecker NewChecker() => new(((IPEndPoint)_listener.LocalEndpoint).Port, ["token"], TimeSpan.FromSeconds(5), _clock, _hiccups);

    // One request a receive, which these small ones are on loopback.
    private async Task ServeAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                int count;
                while ((count = await socket.ReceiveAsync(buffer, _stopping.Token)) > 0 && _answer(Encoding.Latin1.GetString(buffer, 0, count)) is { } answer)
                {
                    await socket.SendAsync(Encoding.Latin1.GetBytes(answer));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
