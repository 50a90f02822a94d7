using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

/// <summary>Gives a message to the first provider of its channel that takes it, each within its time and all within theirs.</summary>
public sealed partial class DeliveryService
{
    private readonly Dictionary<string, IDeliveryProvider> _providers;
    private readonly IOptions<DeliveryOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliveryService> _logger;

    public DeliveryService(
        IEnumerable<IDeliveryProvider> providers,
        IOptions<DeliveryOptions> options,
        TimeProvider time,
        ILogger<DeliveryService> logger)
    {
        _providers = providers.ToDictionary(provider => provider.Name, StringComparer.OrdinalIgnoreCase);
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Tries each provider in turn until one takes the message; what they throw is logged as a category and counts as a refusal.</summary>
    /// <param name="message">What to deliver.</param>
    /// <param name="programProviders">The program's own list for the message's channel; the service's list when null or empty.</param>
    /// <param name="ct">Ends the attempt; the only thing that makes this method throw.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<DeliveryOutcome> DeliverAsync(
        Message message,
        IReadOnlyList<string>? programProviders,
        CancellationToken ct)
    {
        var options = _options.Value;
        var start = _time.GetTimestamp();

        foreach (var name in programProviders is { Count: > 0 } ? programProviders : ProvidersOf(message.Target.Channel))
        {
            var left = options.TotalTimeout - _time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                break;

            var timeout = left < options.ProviderTimeout ? left : options.ProviderTimeout;
            var result = await AttemptAsync(name, message, timeout, ct);
            if (result.IsAccepted)
                return new DeliveryOutcome(name);
        }

        LogUndelivered(message.Target.Channel, message.ProgramId, Milliseconds(start));
        return DeliveryOutcome.Failed;
    }

    private async ValueTask<DeliveryResult> AttemptAsync(string name, Message message, TimeSpan timeout, CancellationToken ct)
    {
        var start = _time.GetTimestamp();
        var result = _providers.TryGetValue(name, out var provider)
            ? await CallAsync(provider, message, timeout, ct)
            : DeliveryResult.Refused(DeliveryFailure.NotConfigured);

        if (result.IsAccepted)
            LogAccepted(name, Milliseconds(start));
        else
            LogRefused(name, result.Failure, Milliseconds(start));
        return result;
    }

    private async ValueTask<DeliveryResult> CallAsync(IDeliveryProvider provider, Message message, TimeSpan timeout, CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, ct);
        Task<DeliveryResult>? call = null;
        try
        {
            call = provider.DeliverAsync(message, either.Token).AsTask();
            return await call.WaitAsync(either.Token);
        }
        catch (Exception) when (either.IsCancellationRequested)
        {
            Abandon(call);
            ct.ThrowIfCancellationRequested();
            return DeliveryResult.Refused(DeliveryFailure.Timeout);
        }
        catch (Exception e)
        {
            LogFault(provider.Name, e.GetType());
            return DeliveryResult.Refused(DeliveryFailure.Fault);
        }
    }

    /// <summary>Sees to it that what a provider throws after its time is seen by nobody: it may quote the address.</summary>
    private static void Abandon(Task? call) =>
        _ = call?.ContinueWith(
            static late => _ = late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    private string[] ProvidersOf(Channel channel) => channel switch
    {
        Channel.Email => _options.Value.Email,
        Channel.Phone => _options.Value.Phone,
    };

    private long Milliseconds(long start) => (long)_time.GetElapsedTime(start).TotalMilliseconds;
}
