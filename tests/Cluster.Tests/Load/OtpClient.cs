using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Cluster.Faults;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Load;

/// <summary>
/// A caller of the service as it should be: goes to all gateways in turn; repeats a request under its <c>Idempotency-Key</c> on another
/// gateway when its connection breaks, and after a 503. Judges failures on the way by the faults of that time.
/// </summary>
internal sealed class OtpClient : IDisposable
{
    public const string SendPath = "/v2/giftcards/customers/otp/send";
    public const string VerifyPath = "/v2/giftcards/customers/otp/verify";
    public const string SessionPath = "/v2/giftcards/customers/session";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient[] _gateways;
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly RunClock _clock;
    private readonly FaultLog _faults;
    private int _next;

    public OtpClient(IEnumerable<Uri> gateways, RunClock clock, FaultLog faults)
    {
        _clock = clock;
        _faults = faults;
        _gateways = [.. gateways.Select(url => new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromSeconds(20),
        })];
    }

    /// <summary>Fetches a client's access token, which all gateways accept.</summary>
    public async Task SignInAsync(string client, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = client, ["password"] = ServiceSettings.ClientSecret });
        using var answer = await _gateways[0].PostAsync("/v2/token", form, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        _tokens[client] = body.RootElement.GetProperty("accessToken").GetString()!;
    }

    /// <summary>Makes a request until it is answered.</summary>
    /// <param name="client">As whom.</param>
    /// <param name="path">Which call.</param>
    /// <param name="json">Its body.</param>
    /// <param name="key">Its <c>Idempotency-Key</c>.</param>
    public async Task<OtpAnswer> PostAsync(string client, string path, string json, string key)
    {
        var start = _clock.Now;
        string? failure = null;
        var gateway = (uint)Interlocked.Increment(ref _next);
        for (var attempt = 1; ; attempt++, gateway++)
        {
            var began = _clock.Now;
            OtpAnswer? answer = null;
            try
            {
                answer = await TryAsync(_gateways[gateway % _gateways.Length], client, path, json, key);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                if (!_faults.Excuses(Excuse.LostConnection, new Interval(began, _clock.Now)))
                {
                    failure ??= $"no answer: {exception.GetBaseException().Message}";
                }
            }

            var attempted = new Interval(began, _clock.Now);
            if (answer is { Status: HttpStatusCode.ServiceUnavailable })
            {
                if (!_faults.Excuses(Excuse.Unavailable, attempted))
                {
                    failure ??= $"503 at {began.TotalSeconds:0.000}–{attempted.End.TotalSeconds:0.000}";
                }

                failure ??= answer.HasRetryAfter ? null : "503 without Retry-After";
            }
            else if (answer is not null)
            {
                return answer with
                {
                    At = new Interval(start, attempted.End),
                    Attempts = attempt,
                    Failure = failure,
                    IsUndelivered = answer.Status == HttpStatusCode.BadGateway && _faults.Excuses(Excuse.Undelivered, attempted),
                };
            }

            if (_clock.Now - start > CallTimeout)
            {
                return new OtpAnswer(answer?.Status ?? OtpAnswer.None, new Interval(start, _clock.Now), attempt) { Failure = failure ?? "never answered" };
            }

            if (answer is not null || attempt >= _gateways.Length)
            {
                await Pause.ForAsync(RetryDelay);
            }
        }
    }

    public void Dispose()
    {
        foreach (var gateway in _gateways)
        {
            gateway.Dispose();
        }
    }

    private async Task<OtpAnswer> TryAsync(HttpClient gateway, string client, string path, string json, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[client]);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await gateway.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var root = body.RootElement;
        return new OtpAnswer(response.StatusCode, default, 1)
        {
            Code = Text(root, "mockCode"),
            SessionToken = Text(root, "sessionToken"),
            Target = Text(root, "verifiedTarget"),
            CustomerId = root.TryGetProperty("identity", out var identity) && identity.ValueKind == JsonValueKind.Object ? Text(identity, "id") : null,
            IsValid = root.TryGetProperty("valid", out var valid) ? valid.GetBoolean() : null,
            HasRetryAfter = response.Headers.RetryAfter?.Delta > TimeSpan.Zero,
        };
    }

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
