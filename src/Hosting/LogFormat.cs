using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace Otp.Hosting;

/// <summary>The format of log lines on the console.</summary>
internal static class LogFormat
{
    private const string Section = "Logging:Console:";
    private const string Formatter = Section + "FormatterName";

    /// <summary>Outside of development one JSON object a line, with UTC time and scopes, unless <c>Logging:Console:FormatterName</c> is set.</summary>
    public static void AddLogFormat(this IHostApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            // Before all other sources, so that each of them overrides it.
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
            {
                InitialData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
                {
                    [Formatter] = ConsoleFormatterNames.Json,
                    [Section + "FormatterOptions:IncludeScopes"] = "true",
                    [Section + "FormatterOptions:UseUtcTimestamp"] = "true",
                    [Section + "FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                },
            });
        }

        // The slim builder sets a formatter in code, which no setting overrides.
        if (builder.Configuration[Formatter] is { } name)
        {
            builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName = name);
        }
    }
}
