using System.Collections.Concurrent;
using System.Net;
using Otp.Client;
using Otp.Cluster.Faults;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Load;

/// <summary>
/// Calls the service through the published clients: goes to all gateways in turn, and repeats a call under its idempotency key on another
/// gateway when its connection breaks, and after a 503. Judges failures on the way by the faults of that time.
/// </summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly SocketsHttpHandler _handler = new() { ConnectTimeout = TimeSpan.FromSeconds(2) };
    private readonly Dictionary<string, ConcurrentDictionary<Uri, GatewayClients>> _clients = new(StringComparer.Ordinal)
    {
        [Rules.Standard.Client] = [],
        [Rules.Hasty.Client] = [],
    };

    private readonly LoadBalancer _balancer;
    private readonly RunClock _clock;
    private readonly FaultLog _faults;

    public LoadClient(LoadBalancer balancer, RunClock clock, FaultLog faults) => (_balancer, _clock, _faults) = (balancer, clock, faults);

    /// <summary>Makes a call until it is answered.</summary>
    /// <param name="client">The id of the client that calls.</param>
    /// <param name="call">The call.</param>
    /// <param name="key">Its idempotency key.</param>
    public async Task<OtpAnswer> CallAsync(string client, OtpCall call, string key)
    {
        var start = _clock.Now;
        string? failure = null;
        var turn = _balancer.NextTurn();
        for (var attempt = 1; ; attempt++, turn++)
        {
            var began = _clock.Now;
            var answer = await call.MakeAsync(_clients[client].GetOrAdd(_balancer.At(turn), ClientOf, client), key);
            var attempted = new Interval(began, _clock.Now);
            switch (answer.Status)
            {
                case OtpAnswer.None when !_faults.Excuses(Excuse.LostConnection, attempted):
                    failure ??= "no answer";
                    break;
                case HttpStatusCode.ServiceUnavailable when !_faults.Excuses(Excuse.Unavailable, attempted):
                    failure ??= $"503 at {began.TotalSeconds:0.000}–{attempted.End.TotalSeconds:0.000}";
                    break;
                case OtpAnswer.None or HttpStatusCode.ServiceUnavailable:
                    break;
                default:
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
                return answer with { At = new Interval(start, _clock.Now), Attempts = attempt, Failure = failure ?? "never answered" };
            }

            if (answer.Status != OtpAnswer.None || attempt >= _balancer.Count)
            {
                await Pause.ForAsync(RetryDelay);
            }
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values.SelectMany(clients => clients.Values))
        {
            client.Dispose();
        }

        _handler.Dispose();
    }

    private GatewayClients ClientOf(Uri gateway, string id) => new(
        new OtpClient(Options(gateway, id), _handler),
        new VerifyClient(Options(gateway, ServiceSettings.Account), id == Rules.Hasty.Client ? Rules.Hasty.Service : Rules.Standard.Service, _handler));

    // They try once: whether a failure on the way was excused is judged here.
    private static OtpClientOptions Options(Uri gateway, string id) =>
        new() { BaseAddress = gateway, ClientId = id, ClientSecret = ServiceSettings.ClientSecret, MaxRetries = 0 };
}
