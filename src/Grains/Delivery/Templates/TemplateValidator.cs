using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Lists every fault of the operators' messages, each with its configuration key; only a silo compiles them.</summary>
internal sealed partial class TemplateValidator(TemplateCompiler compiler, ILogger<TemplateValidator> logger) : IValidateOptions<OtpOptions>
{
    private readonly TemplateTrial _trial = new(compiler);

    // Settings are checked once for each of their readers; a warning is told once for each text.
    private readonly ConcurrentDictionary<(string Path, string? Text), bool> _warned = new();

    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        var faults = Faults(options.Templates, $"{OtpOptions.Section}:Templates", "Example", domain: "example.com")
            .Concat(options.Programs.SelectMany(program => Faults(
                program.Value.Templates,
                $"{OtpOptions.Section}:Programs:{program.Key}:Templates",
                program.Value.Name ?? program.Key,
                program.Value.Domain)))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(Dictionary<string, PurposeTemplates> templates, string path, string program, string? domain)
    {
        var entries = TemplateEntry.All(templates, path).ToList();
        foreach (var (purpose, _) in templates.Where(t => t.Value.Email.Count + t.Value.Phone.Count == 0))
            yield return $"{path}:{purpose} has neither Email nor Phone.";

        foreach (var entry in entries)
        {
            var faults = Faults(entry, entries).ToList();
            if (faults.Count == 0 && entry.Channel == Channel.Phone)
                WarnOfSegments(entry, _trial.Segments(entry, program, domain));
            foreach (var fault in faults)
                yield return fault;
        }
    }

    private void WarnOfSegments(TemplateEntry entry, int segments)
    {
        if (segments > 1 && _warned.TryAdd((entry.Path, entry.Options.Text), value: true))
            LogSegments($"{entry.Path}:Text", segments);
    }

    private IEnumerable<string> Faults(TemplateEntry entry, List<TemplateEntry> all) =>
    [
        .. KeyFaults(entry, all),
        .. PartFaults(entry),
        .. _trial.Faults(entry),
    ];

    private static IEnumerable<string> KeyFaults(TemplateEntry entry, List<TemplateEntry> all)
    {
        if (!entry.HasKnownPurpose)
            yield return $"{entry.Path}: '{entry.PurposeKey}' is neither a purpose nor '{PurposeTemplates.Default}'.";
        if (entry.Locale != Locales.Any && !Locales.IsTag(entry.Locale))
            yield return $"{entry.Path}: '{entry.LocaleKey}' is neither a language tag, like pt-BR, nor '{PurposeTemplates.Default}'.";
        if (entry != all.First(other => (other.Channel, other.PurposeKey, other.Locale) == (entry.Channel, entry.PurposeKey, entry.Locale)))
            yield return $"{entry.Path}: another key says the same locale.";
    }

    private static IEnumerable<string> PartFaults(TemplateEntry entry)
    {
        var (path, message) = (entry.Path, entry.Options);
        (string Name, string? Value, string? File, bool IsNeeded)[] parts =
        [
            ("Subject", message.Subject, message.SubjectFile, entry.Channel == Channel.Email),
            ("Text", message.Text, message.TextFile, true),
            ("Html", message.Html, message.HtmlFile, false),
        ];
        foreach (var (name, value, file, isNeeded) in parts)
        {
            if (value is not null && file is not null)
                yield return $"{path}:{name}File: {path}:{name} is set, too.";
            else if (file is not null)
                yield return $"{path}:{name}File: '{file}' cannot be read.";
            else if (isNeeded && value is null)
                yield return $"{path}:{name} is missing.";
            else if (name != "Text" && value is not null && entry.Channel == Channel.Phone)
                yield return $"{path}:{name}: an SMS is a text alone.";
        }
    }
}
