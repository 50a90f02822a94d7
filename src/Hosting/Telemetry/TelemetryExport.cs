using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orleans.Diagnostics;
using Otp.Telemetry;

namespace Otp.Hosting.Telemetry;

/// <summary>
/// The process's OpenTelemetry SDK: from before anything else starts until after all else has stopped. What is exported is queued in bounded
/// memory and sent from threads of its own: a receiver that is slow or away costs spans, never a request.
/// </summary>
internal sealed class TelemetryExport(
    string serviceName, IConfiguration configuration, RequestSampler sampler, TimeProvider time, ILoggerFactory loggers)
    : IHostedLifecycleService, IDisposable
{
    private const int FlushMilliseconds = 2_000;

    // A program's sends can go to some two hundred countries, each with a handful of outcomes.
    private const int MostCountries = 10_000;

    private static readonly string[] Meters =
    [
        OtpTelemetry.Name,
        "Microsoft.Orleans",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
    ];

    // Orleans gives the calls of grains whose interfaces are in a namespace Orleans.* to its runtime's source.
    private static readonly string[] Sources =
    [
        OtpTelemetry.Name,
        ActivitySources.ApplicationGrainActivitySourceName,
        ActivitySources.RuntimeActivitySourceName,
    ];

    private OpenTelemetrySdk? _sdk;
    private ExportFaults? _faults;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _faults = new ExportFaults(time, loggers.CreateLogger<ExportFaults>());
        _sdk = OpenTelemetrySdk.Create(Configure);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left, within two seconds.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => _sdk is null
        ? Task.CompletedTask
        : Task.WhenAll(
            Task.Run(() => _sdk.TracerProvider.Shutdown(FlushMilliseconds), CancellationToken.None),
            Task.Run(() => _sdk.MeterProvider.Shutdown(FlushMilliseconds), CancellationToken.None));

    public void Dispose()
    {
        _sdk?.Dispose();
        _faults?.Dispose();
    }

    private void Configure(IOpenTelemetryBuilder telemetry)
    {
        telemetry.Services.AddSingleton(configuration);
        telemetry.ConfigureResource(resource => resource
            .Clear()
            .AddService(serviceName, serviceVersion: Version())
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector());
        if (configuration.ExportsTraces())
        {
            telemetry.WithTracing(traces => traces.AddSource(Sources).SetSampler(sampler));
        }

        if (configuration.ExportsMetrics())
        {
            telemetry.WithMetrics(metrics => metrics
                .AddMeter(Meters)
                .AddView(static instrument => instrument.Name switch
                {
                    "otp.sends" or "otp.verifies" => new MetricStreamConfiguration { CardinalityLimit = MostCountries },

                    // It is counted twice a request, and costs as much as the request's duration.
                    "http.server.active_requests" => MetricStreamConfiguration.Drop,
                    _ => null,
                }));
        }

        telemetry.UseOtlpExporter();
    }

    private static string? Version() =>
        typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
