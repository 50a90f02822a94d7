using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Targets;
using Otp.Telemetry;

namespace Otp.Delivery;

/// <summary>Gives a message to the first provider of its channel that takes it, each within its time and all within theirs.</summary>
public sealed partial class DeliveryService
{
    private readonly Dictionary<string, GuardedProvider> _providers;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliveryService> _logger;

    public DeliveryService(
        DeliveryProviders providers,
        IOptions<DeliveryOptions> options,
        TimeProvider time,
        ILogger<DeliveryService> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _providers = providers.All.ToDictionary(
            provider => provider.Name,
            provider => new GuardedProvider(provider, _options.Breaker, time, logger),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Tries each provider in turn until one takes the message; what they throw is logged as a category and counts as a refusal. One that
    /// refuses the address is followed by the next, too: providers differ in what they reach, and a wrong verdict of one must not lock a
    /// person out. Only a person's own wish for silence ends the attempt.
    /// </summary>
    /// <param name="message">What to deliver.</param>
    /// <param name="programProviders">The program's own list for the message's channel; the service's list when null or empty.</param>
    /// <param name="ct">Ends the attempt; the only thing that makes this method throw.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<DeliveryOutcome> DeliverAsync(
        Message message,
        IReadOnlyList<string>? programProviders,
        CancellationToken ct)
    {
        var start = _time.GetTimestamp();
        var names = programProviders is { Count: > 0 } ? programProviders : ProvidersOf(message.Target.Channel);

        for (var i = 0; i < names.Count; i++)
        {
            var left = _options.TotalTimeout - _time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                break;

            var result = await AttemptAsync(names[i], message, left < _options.ProviderTimeout ? left : _options.ProviderTimeout, ct);
            if (result.IsAccepted)
                return new DeliveryOutcome(names[i]);
            if (result.Failure.IsFinal())
                break;
        }

        LogUndelivered(message.Target.Channel, message.ProgramId, Milliseconds(start));
        return DeliveryOutcome.Failed;
    }

    private async ValueTask<DeliveryResult> AttemptAsync(string name, Message message, TimeSpan timeout, CancellationToken ct)
    {
        using var span = OtpTelemetry.StartCall("deliver", name);
        var start = _time.GetTimestamp();
        var result = _providers.TryGetValue(name, out var provider)
            ? await provider.DeliverAsync(message, timeout, ct)
            : DeliveryResult.Refused(DeliveryFailure.NotConfigured);

        DeliveryMetrics.Record(span, name, message.Target.Channel, result, _time.GetElapsedTime(start));
        if (result.IsAccepted)
            LogAccepted(name, Milliseconds(start));
        else
            LogRefused(name, result.Failure, Milliseconds(start));
        return result;
    }

    private string[] ProvidersOf(Channel channel) => channel switch
    {
        Channel.Email => _options.Email,
        Channel.Phone => _options.Phone,
    };

    private long Milliseconds(long start) => (long)_time.GetElapsedTime(start).TotalMilliseconds;
}
