using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orleans.Diagnostics;
using Otp.Telemetry;

namespace Otp.Hosting.Telemetry;

/// <summary>Adds the export of traces and metrics to a process.</summary>
public static class TelemetryExtensions
{
    // A program sends to up to some two hundred countries, each with a handful of outcomes.
    private const int MaxCountryOutcomes = 10_000;

    private static readonly string[] Meters =
        [OtpTelemetry.Name, "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    // Orleans gives the calls of grains whose interfaces are in a namespace Orleans.* to its runtime's source.
    private static readonly string[] Sources =
        [OtpTelemetry.Name, ActivitySources.ApplicationGrainActivitySourceName, ActivitySources.RuntimeActivitySourceName];

    // Health checks come every second; streams of pages never end.
    private static readonly PathString[] UntracedPaths = ["/health", "/ops", "/dev", "/docs", "/assets"];

    private static readonly string[] RequestTags = ["http.request.method", "http.route", "http.response.status_code", "url.scheme", OtpTags.ErrorType];

    /// <summary>Exports traces and metrics if the settings name a receiver (<see cref="TelemetrySettings"/>); costs nothing otherwise.</summary>
    /// <param name="serviceName">Its name, unless <c>OTEL_SERVICE_NAME</c> gives another.</param>
    /// <exception cref="ConfigurationException">The settings are at fault.</exception>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        var faults = TelemetrySettings.Faults(builder.Configuration).ToArray();
        if (faults.Length > 0)
        {
            throw new ConfigurationException(faults);
        }

        var (exportsTraces, exportsMetrics) = (builder.Configuration.ExportsTraces(), builder.Configuration.ExportsMetrics());
        if (exportsTraces || exportsMetrics)
        {
            // The exporter takes logs, too; they stay on the console.
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None);
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource
                    .AddService(serviceName, serviceVersion: typeof(TelemetryExtensions).Assembly
                        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
                    .AddEnvironmentVariableDetector())
                .UseOtlpExporter();
            builder.Services.AddHostedService<ExportFaults>();
        }

        if (exportsTraces)
        {
            builder.AddTraces();
        }

        if (exportsMetrics)
        {
            builder.Services.ConfigureOpenTelemetryMeterProvider(static metrics => metrics.AddMeter(Meters).AddView(StreamOf));
        }

        return builder;
    }

    private static void AddTraces(this IHostApplicationBuilder builder)
    {
        var (requests, followsCallers) = TelemetrySettings.SamplerOf(builder.Configuration, builder.Environment.IsDevelopment());

        // With the SDK's own default the instrumentation reads what CallerContext leaves out.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        builder.Services.AddSingleton<DistributedContextPropagator>(new CallerContext(followsCallers));
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces
            .AddSource(Sources)
            .AddAspNetCoreInstrumentation(ChooseTags)
            .SetSampler(new RequestSampler(requests)));
    }

    // A path may hold a member's reference, and its query, host and user agent are whatever a caller says.
    private static void ChooseTags(AspNetCoreTraceInstrumentationOptions requests)
    {
        requests.Filter = static context =>
            !Array.Exists(UntracedPaths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        requests.EnrichWithHttpResponse = static (span, response) =>
        {
            if (response.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                span.SetTag(OtpTags.ErrorType, response.StatusCode.ToString(CultureInfo.InvariantCulture));
            }

            foreach (var tag in span.TagObjects.Where(tag => !RequestTags.Contains(tag.Key)).ToList())
            {
                span.SetTag(tag.Key, null);
            }
        };
    }

    private static MetricStreamConfiguration? StreamOf(System.Diagnostics.Metrics.Instrument instrument) => instrument.Name switch
    {
        "otp.sends" or "otp.verifies" => new MetricStreamConfiguration { CardinalityLimit = MaxCountryOutcomes },

        // It is counted twice a request, and costs as much as the request's duration.
        "http.server.active_requests" => MetricStreamConfiguration.Drop,
        _ => null,
    };
}
