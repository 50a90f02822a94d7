using System.Collections.Immutable;
using Otp.Verifications;

namespace Otp.Programs;

/// <summary>The rules in force for one program and purpose, in the terms of <see cref="PolicyOptions"/>.</summary>
public sealed record Policy(
    int Length, TimeSpan Lifetime, int Attempts, ImmutableArray<Window> Windows, TimeSpan MinimumGap, ResendMode OnResend)
{
    public const int MinLength = 4;

    public const int MaxLength = 10;

    /// <summary>The name of the window that stands for a minimum gap.</summary>
    public const string GapName = "gap";

    /// <summary>The rules where nothing is set: those of the LoyaltyDog API.</summary>
    public static Policy Default { get; } = new(
        Length: 6,
        Lifetime: TimeSpan.FromMinutes(5),
        Attempts: 3,
        Windows: [new("hour", 5, TimeSpan.FromHours(1)), new("day", 10, TimeSpan.FromDays(1))],
        MinimumGap: TimeSpan.Zero,
        OnResend: ResendMode.Replace);

    public static Policy Twilio { get; } = new(
        Length: 6,
        Lifetime: TimeSpan.FromMinutes(10),
        Attempts: 5,
        Windows: [new("verification", 5, TimeSpan.FromMinutes(10))],
        MinimumGap: TimeSpan.Zero,
        OnResend: ResendMode.Repeat);

    /// <summary>The windows and, as a window of one send, the minimum gap.</summary>
    public ImmutableArray<Window> AllWindows { get; } =
        MinimumGap > TimeSpan.Zero ? [new(GapName, 1, MinimumGap), .. Windows] : Windows;

    public AllowedTargets Targets { get; init; } = AllowedTargets.Default;

    /// <summary>How the 1st, 2nd, … message of a code travels to a phone asked for by SMS, the last for all that follow; empty for SMS.</summary>
    public ImmutableArray<VerificationChannel> Fallback { get; init; } = [];

    /// <summary>Whether targets with a fixed code get one.</summary>
    public bool AllowTestTargets { get; init; } = true;

    /// <summary>Which channels codes may go over; for a member, which of its registered channels is used.</summary>
    public ChannelRule Channel => Targets.Channel;

    /// <summary>This policy with what <paramref name="options"/> sets.</summary>
    public Policy With(PolicyOptions options)
    {
        var rules = options.Defaults is not { } defaults ? this : defaults switch
        {
            PolicyDefaults.LoyaltyDog => Default,
            PolicyDefaults.Twilio => Twilio,
        };
        return new(
            options.Length ?? rules.Length,
            options.Lifetime ?? rules.Lifetime,
            options.Attempts ?? rules.Attempts,
            options.Windows is { } windows ? [.. windows.Select(w => new Window(w.Name, w.Limit, w.Period))] : rules.Windows,
            options.MinimumGap ?? rules.MinimumGap,
            options.OnResend ?? rules.OnResend)
        {
            Targets = Targets.With(options),
            Fallback = options.Fallback is { } order ? [.. order] : Fallback,
            AllowTestTargets = options.AllowTestTargets ?? AllowTestTargets,
        };
    }
}

/// <summary>A rolling span of <paramref name="Period"/> that allows <paramref name="Limit"/> sends.</summary>
public sealed record Window(string Name, int Limit, TimeSpan Period);
