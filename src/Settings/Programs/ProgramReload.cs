using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Otp.Settings;

namespace Otp.Programs;

/// <summary>
/// Puts changed settings in force while the process runs: as a whole, or not at all if anything is wrong with them or needs a restart.
/// </summary>
public sealed partial class ProgramReload : IHostedService, IDisposable
{
    /// <summary>How long the settings must stay as they are before they are read: an editor's one save is several changes.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    private readonly IConfiguration _section;
    private readonly IOptionsFactory<OtpOptions> _options;
    private readonly ProgramCatalog _catalog;
    private readonly ILogger<ProgramReload> _logger;
    private readonly FixedSettings _fixed;
    private readonly SettingFiles _files;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private IDisposable? _subscription;
    private Dictionary<string, string?> _read;

    /// <summary>Takes what the section holds now for what is in force.</summary>
    /// <param name="section">The <c>Otp</c> section.</param>
    /// <param name="configuration">All of the process' configuration.</param>
    /// <param name="options">Makes and validates options.</param>
    /// <param name="catalog">Where the programs in force are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told.</param>
    public ProgramReload(
        IConfiguration section,
        IConfiguration configuration,
        IOptionsFactory<OtpOptions> options,
        ProgramCatalog catalog,
        TimeProvider time,
        ILogger<ProgramReload> logger)
    {
        (_section, _options, _catalog, _logger) = (section, options, catalog, logger);
        _fixed = new FixedSettings(section);
        _files = new SettingFiles(configuration);
        _read = Read();
        _timer = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = ChangeToken.OnChange(_section.GetReloadToken, () => _timer.Change(Settling, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _timer.Dispose();
    }

    private void Reload()
    {
        lock (_gate)
        {
            var files = _files.Faults().ToList();
            if (files.Count > 0)
            {
                Refuse(files);
                return;
            }

            var now = Read();
            if (now.Count == _read.Count && !now.Except(_read).Any())
            {
                return;
            }

            _read = now;
            Apply();
        }
    }

    private void Apply()
    {
        List<string> faults = [.. _fixed.Faults()];
        try
        {
            var programs = new ProgramSet(_options.Create(Options.DefaultName));
            if (faults.Count == 0)
            {
                _catalog.Replace(programs);
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
            // Nothing that is wrong with settings may end the process that runs well on others.
            faults.Add($"{OtpOptions.Section}: {exception.GetType().FullName}");
        }

        Refuse(faults);
    }

    private void Refuse(List<string> faults) => LogRefused(string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}")));

    private Dictionary<string, string?> Read() =>
        _section.AsEnumerable(makePathsRelative: true).ToDictionary(StringComparer.OrdinalIgnoreCase);
}
