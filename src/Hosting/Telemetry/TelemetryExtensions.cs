using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Otp.Hosting.Telemetry;

/// <summary>Adds the export of traces and metrics to a process.</summary>
public static class TelemetryExtensions
{
    /// <summary>Exports traces and metrics if the settings name a receiver (<see cref="TelemetrySettings"/>); costs nothing otherwise.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="serviceName">Its name, unless <c>OTEL_SERVICE_NAME</c> gives another.</param>
    /// <exception cref="ConfigurationException">The receiver's address is at fault.</exception>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        var faults = TelemetrySettings.Faults(builder.Configuration).ToArray();
        if (faults.Length > 0)
        {
            throw new ConfigurationException(faults);
        }

        if (builder.Configuration.ExportsTraces() || builder.Configuration.ExportsMetrics())
        {
            var sampling = TraceSampling.Of(builder.Configuration, builder.Environment.IsDevelopment());
            builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<RequestSampler>(services, sampling));
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<TelemetryExport>(services, serviceName));
        }

        return builder;
    }

    /// <summary>Traces requests if traces are exported; the first step of the pipeline, so that it sees how the request ended.</summary>
    public static void UseRequestSpans(this WebApplication app)
    {
        if (app.Configuration.ExportsTraces())
        {
            app.UseMiddleware<RequestSpanMiddleware>();
        }
    }
}
