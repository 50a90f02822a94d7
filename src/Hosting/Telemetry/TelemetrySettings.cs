using Microsoft.Extensions.Configuration;

namespace Otp.Hosting.Telemetry;

/// <summary>What the standard settings of OpenTelemetry (<c>OTEL_…</c>) say of whether anything is exported.</summary>
public static class TelemetrySettings
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string Disabled = "OTEL_SDK_DISABLED";

    /// <summary>Whether spans go to a receiver: there is an endpoint for all signals, or for them.</summary>
    public static bool ExportsTraces(this IConfiguration configuration) => configuration.Exports(TracesEndpoint);

    /// <summary>Whether metrics do.</summary>
    public static bool ExportsMetrics(this IConfiguration configuration) => configuration.Exports(MetricsEndpoint);

    /// <summary>What is wrong with these settings, one line each.</summary>
    internal static IEnumerable<string> Faults(IConfiguration configuration) =>
        EndpointFaults(configuration).Concat(configuration.ExportsTraces() ? TraceSampling.Faults(configuration) : []);

    private static IEnumerable<string> EndpointFaults(IConfiguration configuration) =>
        from key in new[] { Endpoint, TracesEndpoint, MetricsEndpoint }
        let value = configuration[key]
        where !string.IsNullOrEmpty(value)
            && !(Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        select $"{key} is not an absolute http or https address.";

    private static bool Exports(this IConfiguration configuration, string own) =>
        !string.Equals(configuration[Disabled], "true", StringComparison.OrdinalIgnoreCase)
        && (!string.IsNullOrEmpty(configuration[Endpoint]) || !string.IsNullOrEmpty(configuration[own]));
}
