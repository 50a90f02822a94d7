using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Otp.Hosting.Telemetry;

/// <summary>Which requests the settings want traced.</summary>
/// <param name="FollowsCaller">Whether a request with a trace of its caller's is traced exactly if that one is recorded.</param>
/// <param name="Share">The share of all others, 0 to 1.</param>
internal sealed record TraceSampling(bool FollowsCaller, double Share)
{
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string Argument = "OTEL_TRACES_SAMPLER_ARG";
    private const string ParentBased = "parentbased_";
    private const string AlwaysOn = "always_on";
    private const string AlwaysOff = "always_off";
    private const string Ratio = "traceidratio";
    private const double DefaultShare = 0.01;

    /// <summary>Reads the standard settings; without any, one request in a hundred is traced, and in development every one.</summary>
    public static TraceSampling Of(IConfiguration configuration, bool isDevelopment)
    {
        var name = configuration[Sampler];
        if (string.IsNullOrEmpty(name))
        {
            return new TraceSampling(FollowsCaller: true, isDevelopment ? 1 : DefaultShare);
        }

        var share = RootOf(name) switch
        {
            AlwaysOn => 1,
            AlwaysOff => 0,
            _ => ShareOf(configuration[Argument]) ?? 1,
        };
        return new TraceSampling(name.StartsWith(ParentBased, StringComparison.OrdinalIgnoreCase), share);
    }

    /// <summary>What is wrong with them, one line each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        var (name, argument) = (configuration[Sampler], configuration[Argument]);
        if (string.IsNullOrEmpty(name))
        {
            yield break;
        }

        if (RootOf(name) is not (AlwaysOn or AlwaysOff or Ratio))
        {
            yield return $"{Sampler} must be {AlwaysOn}, {AlwaysOff} or {Ratio}, or one of them after {ParentBased}.";
        }
        else if (RootOf(name) == Ratio && !string.IsNullOrEmpty(argument) && ShareOf(argument) is null)
        {
            yield return $"{Argument} must be a number from 0 to 1.";
        }
    }

    private static string RootOf(string name)
    {
        var lower = name.ToLowerInvariant();
        return lower.StartsWith(ParentBased, StringComparison.Ordinal) ? lower[ParentBased.Length..] : lower;
    }

    private static double? ShareOf(string? argument) =>
        double.TryParse(argument, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share : null;
}
