using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Otp.Cluster.Processes;

namespace Otp.Deployment.Front;

/// <summary>A gateway that stops behind a front that asks it every second.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private const int Callers = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    private FrontCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await FrontCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? default;

    [Fact]
    public async Task No_request_fails_while_it_drains_and_stops()
    {
        using var http = _cluster.Front.Client();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _cluster.TokenAsync(http));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var calls = Enumerable.Range(0, Callers).Select(_ => CallAsync(http, done.Token)).ToList();
        var leaving = _cluster.Cluster.Gateways[0];

        await leaving.SignalAsync("TERM");
        var isUnready = await Pause.UntilAsync(async () => !await leaving.IsReadyAsync(), Limit);
        var servesOn = !leaving.HasExited;
        var exitCode = await leaving.ExitAsync(Limit);
        await Pause.ForAsync(After, Cancellation);
        await done.CancelAsync();
        var answers = (await Task.WhenAll(calls)).SelectMany(static call => call).ToList();

        Assert.Equal((true, true, 0), (isUnready, servesOn, exitCode));
        Assert.NotEmpty(answers);
        Assert.All(answers, static status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private async Task<List<HttpStatusCode>> CallAsync(HttpClient http, CancellationToken done)
    {
        var answers = new List<HttpStatusCode>();
        while (!done.IsCancellationRequested)
        {
            using var body = new StringContent("""{"sessionToken":"none"}""", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(_cluster.Front.Public, "/v2/giftcards/customers/session"), body, Cancellation);
            answers.Add(answer.StatusCode);
        }

        return answers;
    }
}
