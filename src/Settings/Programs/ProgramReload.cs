using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Otp.Programs;

/// <summary>Puts changed settings in force while the process runs: all of them, or none if one has a fault or takes a restart.</summary>
/// <param name="section">The <c>Otp</c> section; its present settings are those in force.</param>
/// <param name="configuration">The whole configuration of the process.</param>
public sealed partial class ProgramReload(
    IConfiguration section,
    IConfiguration configuration,
    IOptionsFactory<OtpOptions> options,
    ProgramCatalog catalog,
    TimeProvider time,
    ILogger<ProgramReload> logger) : IHostedService, IDisposable
{
    /// <summary>How long the settings must stay unchanged before they are read, because an editor saves one file in several steps.</summary>
    public static readonly TimeSpan SettleDelay = TimeSpan.FromMilliseconds(250);

    // All other settings are read once, at start: keys, topology, delivery.
    private static readonly string[] Changeable =
    [
        nameof(OtpOptions.Programs), nameof(OtpOptions.Policy), nameof(OtpOptions.Lockout), nameof(OtpOptions.Limits), nameof(OtpOptions.Templates),
        $"{nameof(OtpOptions.Tokens)}:{nameof(TokenOptions.Lifetime)}",
    ];

    private readonly SettingFiles _files = new(configuration);
    private readonly Dictionary<string, string?> _atStart = Read(section);
    private readonly Lock _gate = new();
    private IDisposable[] _subscriptions = [];
    private Dictionary<string, string?> _read = Read(section);
    private List<string> _fileFaults = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var timer = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscriptions = [ChangeToken.OnChange(section.GetReloadToken, ReloadLater), _files.OnChange(ReloadLater), timer];
        return Task.CompletedTask;

        void ReloadLater() => timer.Change(SettleDelay, Timeout.InfiniteTimeSpan);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => Array.ForEach(_subscriptions, static subscription => subscription.Dispose());

    private void Reload()
    {
        lock (_gate)
        {
            // A file is announced more than once: by its own change and by its provider's.
            var before = _fileFaults;
            _fileFaults = [.. _files.Faults()];
            if (_fileFaults.Count > 0)
            {
                if (!_fileFaults.SequenceEqual(before))
                {
                    Refuse(_fileFaults);
                }

                return;
            }

            var now = Read(section);
            if (now.Count != _read.Count || now.Except(_read).Any())
            {
                _read = now;
                Apply();
            }
        }
    }

    private void Apply()
    {
        List<string> faults = [.. RestartFaults()];
        try
        {
            var programs = new ProgramSet(options.Create(Options.DefaultName));
            if (faults.Count == 0)
            {
                catalog.Replace(programs);
                LogReplaced(programs.Count);
                return;
            }
        }
        catch (OptionsValidationException exception)
        {
            faults.AddRange(exception.Failures);
        }
        catch (Exception exception)
        {
            // No fault in the settings may end a process that runs well on the settings before.
            faults.Add($"{OtpOptions.Section}: {exception.GetType().FullName}");
        }

        Refuse(faults);
    }

    private IEnumerable<string> RestartFaults() => _atStart.Keys.Union(_read.Keys, StringComparer.OrdinalIgnoreCase)
        .Where(key => _atStart.GetValueOrDefault(key) != _read.GetValueOrDefault(key))
        .Where(key => !Changeable.Any(part => $"{key}:".StartsWith($"{part}:", StringComparison.OrdinalIgnoreCase)))
        .Order(StringComparer.Ordinal)
        .Select(key => $"{OtpOptions.Section}:{key} has changed, which takes a restart.");

    private void Refuse(List<string> faults) => LogRefused(string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}")));

    private static Dictionary<string, string?> Read(IConfiguration section) =>
        section.AsEnumerable(makePathsRelative: true).ToDictionary(StringComparer.OrdinalIgnoreCase);

    [LoggerMessage(1001, LogLevel.Information, "The changed settings are in force: {Programs} programs")]
    private partial void LogReplaced(int programs);

    [LoggerMessage(1002, LogLevel.Error, "The changed settings are refused as a whole, and the settings before them stay in force:{Faults}")]
    private partial void LogRefused(string faults);
}
