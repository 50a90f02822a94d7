using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Programs;
using Otp.Targets;
using Otp.Telemetry;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Brings a code to its target: composes the message and gives it to the first provider that takes it.</summary>
public sealed partial class CodeDelivery(
    MessageComposer composer,
    DeliveryProviders providers,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<CodeDelivery> logger)
{
    private const int SpinLength = 20;
    private const int MostSpins = 1_000;

    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<(string Program, Channel Channel), RecentOutcomes> _recent = new();
    private readonly DeliveryOptions _options = options.Value;

    /// <summary>Delivers a code.</summary>
    /// <param name="via">How the message travels; null for the plain way.</param>
    /// <param name="receipt">Where providers report what becomes of the message; null for nowhere.</param>
    /// <param name="after">The provider that did not deliver it, and after which the next ones are tried; null for all of them.</param>
    public async ValueTask<DeliveryOutcome> DeliverAsync(
        OtpProgram program,
        SendRequest request,
        string code,
        DateTimeOffset expiresAt,
        VerificationChannel? via = null,
        ReceiptAddress? receipt = null,
        string? after = null)
    {
        var start = time.GetTimestamp();
        var channel = request.Target.Channel;
        var message = composer.Compose(program, request.Target, request.Purpose, request.Locale, code, expiresAt, request.Verification, via);
        message = message with { Receipt = receipt };
        if (after is not null)
        {
            return NextProviders(program, channel, after) is { Count: > 0 } next ? await DeliverAsync(message, next, CancellationToken.None) : DeliveryOutcome.Failed;
        }

        var outcome = await DeliverAsync(message, OwnProviders(program, channel), CancellationToken.None);
        RecentOf(program, channel).Add(time.GetUtcNow(), time.GetElapsedTime(start), outcome.Verdict);
        return outcome;
    }

    /// <summary>Whether the list of a program's providers for a channel goes on after one of them.</summary>
    public bool HasAnother(OtpProgram program, Channel channel, string provider) => NextProviders(program, channel, provider).Count > 0;

    /// <summary>Checks and reads a provider's report on a message.</summary>
    /// <param name="address">The public address that the provider was given for it.</param>
    public ReceiptReading ReadReceipt(ReceiptRequest request, string address) =>
        providers.Find(request.Provider)?.Provider is IReceiptReader reader ? reader.Read(request, address) : new ReceiptReading(ReceiptStatus.UnknownProvider);

    /// <summary>
    /// Delivers nothing, with the duration and the outcome of a random recent delivery of this program and channel, so that nobody can tell that
    /// an address is not registered, even while every provider is down. Before the first delivery it succeeds at once.
    /// </summary>
    public async ValueTask<DeliveryVerdict> PretendAsync(OtpProgram program, Channel channel)
    {
        var start = time.GetTimestamp();
        if (RecentOf(program, channel).Pick(time.GetUtcNow()) is not { } outcome)
        {
            return DeliveryVerdict.Taken;
        }

        // Timers count whole milliseconds: the rest of the time is spent here.
        if (outcome.Elapsed >= TimerResolution)
        {
            await Task.Delay(outcome.Elapsed, time);
        }

        for (var i = 0; i < MostSpins && time.GetElapsedTime(start) < outcome.Elapsed; i++)
        {
            Thread.SpinWait(SpinLength);
        }

        return outcome.Verdict;
    }

    /// <summary>Tries each provider until one does more than refuse, within its time and theirs; a message that may arrive goes to no other.</summary>
    /// <param name="programProviders">The program's own list of providers for the message's channel; the service's list when null or empty.</param>
    /// <param name="ct">Ends the attempt; the only thing that makes this method throw.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async ValueTask<DeliveryOutcome> DeliverAsync(Message message, IReadOnlyList<string>? programProviders, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        foreach (var name in programProviders is { Count: > 0 } ? programProviders : ProvidersOf(message.Target.Channel))
        {
            var left = _options.TotalTimeout - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            var result = await AttemptAsync(name, message, left < _options.ProviderTimeout ? left : _options.ProviderTimeout, ct);
            if (result.Verdict != DeliveryVerdict.Refused)
            {
                return new DeliveryOutcome(result.Verdict, name) { IsQueued = result.IsQueued };
            }
        }

        LogUndelivered(message.Target.Channel, message.ProgramId, Milliseconds(start));
        return DeliveryOutcome.Failed;
    }

    private async ValueTask<DeliveryResult> AttemptAsync(string name, Message message, TimeSpan timeout, CancellationToken ct)
    {
        using var span = OtpTelemetry.StartCall("deliver", name);
        var start = time.GetTimestamp();
        var result = providers.Find(name) is { } provider
            ? await provider.DeliverAsync(message, timeout, ct)
            : DeliveryResult.Refused(DeliveryFailure.NotConfigured);

        DeliveryMetrics.Record(span, message.ProgramId, name, message.Target.Channel, result, time.GetElapsedTime(start));
        Log(name, result, Milliseconds(start));
        return result;
    }

    private void Log(string provider, DeliveryResult result, long elapsed)
    {
        switch (result.Verdict)
        {
            case DeliveryVerdict.Taken:
                LogAccepted(provider, elapsed);
                break;
            case DeliveryVerdict.Refused:
                LogRefused(provider, result.Failure, elapsed);
                break;
            case DeliveryVerdict.Unreachable:
                LogUnreachable(provider, result.Failure, elapsed);
                break;
            case DeliveryVerdict.Unknown:
                LogUnanswered(provider, elapsed);
                break;
        }
    }

    private RecentOutcomes RecentOf(OtpProgram program, Channel channel) =>
        _recent.GetOrAdd((program.Id, channel), static (_) => new RecentOutcomes());

    private List<string> NextProviders(OtpProgram program, Channel channel, string after) =>
    [
        .. (OwnProviders(program, channel) is { Count: > 0 } own ? (IEnumerable<string>)own : ProvidersOf(channel))
            .SkipWhile(name => !name.Equals(after, StringComparison.OrdinalIgnoreCase))
            .Skip(1),
    ];

    private static List<string>? OwnProviders(OtpProgram program, Channel channel) => channel switch
    {
        Channel.Email => program.Delivery.Email,
        Channel.Phone => program.Delivery.Phone,
    };

    private string[] ProvidersOf(Channel channel) => channel switch
    {
        Channel.Email => _options.Email,
        Channel.Phone => _options.Phone,
    };

    private long Milliseconds(long start) => (long)time.GetElapsedTime(start).TotalMilliseconds;

    [LoggerMessage(2001, LogLevel.Debug, "{Provider} took a message after {Elapsed} ms")]
    private partial void LogAccepted(string provider, long elapsed);

    [LoggerMessage(2002, LogLevel.Warning, "{Provider} did not take a message: {Failure} after {Elapsed} ms")]
    private partial void LogRefused(string provider, DeliveryFailure failure, long elapsed);

    [LoggerMessage(2004, LogLevel.Error, "No provider took a message to {Channel} of program {Program}: given up after {Elapsed} ms")]
    private partial void LogUndelivered(Channel channel, string program, long elapsed);

    [LoggerMessage(2007, LogLevel.Warning, "{Provider} was handed a message and has not answered after {Elapsed} ms: it may arrive, and counts as sent")]
    private partial void LogUnanswered(string provider, long elapsed);

    [LoggerMessage(2008, LogLevel.Information, "{Provider} says that nobody reaches the recipient of a message: {Failure} after {Elapsed} ms")]
    private partial void LogUnreachable(string provider, DeliveryFailure failure, long elapsed);
}
