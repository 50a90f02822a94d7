using System.Collections.Concurrent;
using System.Security.Cryptography;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Brings a code to its target: composes the message and gives it to the program's providers.</summary>
public sealed class CodeDelivery(MessageComposer composer, DeliveryService delivery, RandomNumberGenerator random, TimeProvider time)
{
    private const int SpinLength = 20;
    private const int MostSpins = 1_000;

    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<(string Program, Channel Channel), RecentOutcomes> _recent = new();

    /// <summary>Whether a provider took the message.</summary>
    public async ValueTask<bool> DeliverAsync(OtpProgram program, SendRequest request, string code, DateTimeOffset expiresAt)
    {
        var start = time.GetTimestamp();
        var target = request.Target;
        var message = composer.Compose(program, target, request.Purpose, request.Locale, code, expiresAt);
        var providers = target.Channel switch
        {
            Channel.Email => program.Delivery.Email,
            Channel.Phone => program.Delivery.Phone,
        };
        var outcome = await delivery.DeliverAsync(message, providers, CancellationToken.None);
        RecentOf(program, target.Channel).Add(time.GetUtcNow(), time.GetElapsedTime(start), outcome.IsDelivered);
        return outcome.IsDelivered;
    }

    /// <summary>
    /// Delivers nothing, and answers as a delivery would: it takes as long as a recent one of this program and channel, picked at random,
    /// and ends like it, so that nobody can tell an address that is not registered, even while every provider is down. Until there was
    /// one it is delivered at once.
    /// </summary>
    public async ValueTask<bool> PretendAsync(OtpProgram program, Channel channel)
    {
        var start = time.GetTimestamp();
        if (RecentOf(program, channel).Pick(time.GetUtcNow(), random) is not { } outcome)
            return true;

        // Timers know whole milliseconds: a delivery that took less would be pretended in no time.
        if (outcome.Elapsed >= TimerGrain)
            await Task.Delay(outcome.Elapsed, time);
        for (var i = 0; i < MostSpins && time.GetElapsedTime(start) < outcome.Elapsed; i++)
            Thread.SpinWait(SpinLength);
        return outcome.IsDelivered;
    }

    private RecentOutcomes RecentOf(OtpProgram program, Channel channel) =>
        _recent.GetOrAdd((program.Id, channel), static (_) => new RecentOutcomes());
}
