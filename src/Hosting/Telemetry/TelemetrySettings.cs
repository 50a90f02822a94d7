using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace Otp.Hosting.Telemetry;

/// <summary>What the standard settings of OpenTelemetry (<c>OTEL_…</c>) say of what is exported.</summary>
public static class TelemetrySettings
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string SamplerName = "OTEL_TRACES_SAMPLER";
    private const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";
    private const string ParentBased = "parentbased_";
    private const double DefaultShare = 0.01;

    /// <summary>Whether spans go to a receiver: there is an endpoint for all signals, or for them.</summary>
    public static bool ExportsTraces(this IConfiguration configuration) => configuration.Exports(TracesEndpoint);

    /// <summary>Whether metrics do.</summary>
    public static bool ExportsMetrics(this IConfiguration configuration) => configuration.Exports(MetricsEndpoint);

    /// <summary>What chooses the requests that are traced: unless it is set, one in a hundred, and in Development every one.</summary>
    /// <returns>The sampler, and whether requests belong to the traces of their callers.</returns>
    /// <exception cref="ConfigurationException">There is no such sampler.</exception>
    internal static (Sampler Requests, bool FollowsCallers) SamplerOf(IConfiguration configuration, bool isDevelopment)
    {
        if (configuration[SamplerName] is not { Length: > 0 } name)
        {
            return (new TraceIdRatioBasedSampler(isDevelopment ? 1 : DefaultShare), FollowsCallers: false);
        }

        var isParentBased = name.StartsWith(ParentBased, StringComparison.OrdinalIgnoreCase);
        Sampler root = (isParentBased ? name[ParentBased.Length..] : name).ToLowerInvariant() switch
        {
            "always_on" => new AlwaysOnSampler(),
            "always_off" => new AlwaysOffSampler(),
            "traceidratio" => new TraceIdRatioBasedSampler(ShareOf(configuration[SamplerArgument])),
            _ => throw new ConfigurationException(
                [$"{SamplerName} must be always_on, always_off or traceidratio, or one of them after {ParentBased}."]),
        };
        return (isParentBased ? new ParentBasedSampler(root) : root, isParentBased);
    }

    /// <summary>What is wrong with the endpoints, one line each.</summary>
    internal static IEnumerable<string> Faults(IConfiguration configuration) =>
        from key in new[] { Endpoint, TracesEndpoint, MetricsEndpoint }
        let value = configuration[key]
        where !string.IsNullOrEmpty(value)
            && !(Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        select $"{key} is not an absolute http or https address.";

    private static bool Exports(this IConfiguration configuration, string own) =>
        !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && (!string.IsNullOrEmpty(configuration[Endpoint]) || !string.IsNullOrEmpty(configuration[own]));

    private static double ShareOf(string? argument) =>
        string.IsNullOrEmpty(argument) ? 1
        : double.TryParse(argument, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share
        : throw new ConfigurationException([$"{SamplerArgument} must be a number from 0 to 1."]);
}

/// <summary>Only requests begin a trace. What a request causes follows it; what a timer or a start causes is not traced.</summary>
/// <param name="requests">Chooses the requests.</param>
internal sealed class RequestSampler(Sampler requests) : Sampler
{
    /// <summary>The framework's name for a request's span until its route is known.</summary>
    public const string RequestSpan = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => samplingParameters.Name == RequestSpan
        ? requests.ShouldSample(samplingParameters)
        : new SamplingResult(samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
}
