using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Programs;
using Otp.Settings;

namespace Otp.Delivery;

/// <summary>
/// Lists every fault of the operators' templates, which only a silo compiles. Each is rendered with values of every kind that it can branch
/// on (a domain or none; minutes or less than one), so that what works here works for every code.
/// </summary>
internal sealed partial class TemplateValidator(MessageTemplates compiler, ILogger<TemplateValidator> logger) : IValidateOptions<OtpOptions>
{
    private const string Code = "908172";
    private const string Markup = "<otp-sample>";

    private static readonly MessageWords[] Samples =
    [
        .. from domain in new[] { "example.com", null }
           from life in new[] { TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30) }
           select MessageWords.Of(Code, Markup, Purpose.Login, life, domain),
    ];

    // Settings are validated once for each of their readers; a warning is logged once for each text.
    private readonly ConcurrentDictionary<(string Path, string? Text), bool> _warned = new();

    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        var faults = new FaultList();
        Check(options.Templates, $"{OtpOptions.Section}:Templates", "Example", domain: "example.com", faults);
        foreach (var (id, program) in options.Programs)
        {
            Check(program.Templates, $"{OtpOptions.Section}:Programs:{id}:Templates", program.Name ?? id, program.Domain, faults);
        }

        return faults.ToResult();
    }

    private void Check(Dictionary<string, PurposeTemplates> templates, string path, string program, string? domain, FaultList faults)
    {
        foreach (var (purpose, kinds) in templates)
        {
            faults.AddIf(kinds.Email.Count + kinds.Phone.Count + kinds.Call.Count == 0, $"{path}:{purpose} has neither Email, Phone nor Call.");
        }

        var locales = new HashSet<(MessageKind, string, string)>();
        foreach (var entry in TemplateEntry.All(templates, path))
        {
            var before = faults.Count;
            faults.AddIf(!entry.HasKnownPurpose, $"{entry.Path}: '{entry.PurposeKey}' is neither a purpose nor '{PurposeTemplates.Default}'.");
            faults.AddIf(!entry.HasKnownLocale, $"{entry.Path}: '{entry.LocaleKey}' is neither a language tag, like pt-BR, nor '{PurposeTemplates.Default}'.");
            faults.AddIf(!locales.Add((entry.Kind, entry.PurposeKey, entry.Locale)), $"{entry.Path}: another key names the same locale.");
            var message = entry.Options;
            CheckPart(entry, "Subject", message.Subject, message.SubjectFile, isNeeded: entry.Kind == MessageKind.Email, faults);
            CheckPart(entry, "Text", message.Text, message.TextFile, isNeeded: true, faults);
            CheckPart(entry, "Html", message.Html, message.HtmlFile, isNeeded: false, faults);
            if (faults.Count == before && entry.Kind == MessageKind.Phone)
            {
                WarnOfSegments(entry, program, domain);
            }
        }
    }

    private void CheckPart(TemplateEntry entry, string part, string? source, string? file, bool isNeeded, FaultList faults)
    {
        var path = $"{entry.Path}:{part}";
        if (source is not null && file is not null)
        {
            faults.Add($"{path}File: {path} is set too.");
        }
        else if (file is not null)
        {
            faults.Add($"{path}File: '{file}' cannot be read.");
        }
        else if (isNeeded && source is null)
        {
            faults.Add($"{path} is missing.");
        }
        else if (part != "Text" && source is not null && entry.Kind != MessageKind.Email)
        {
            faults.Add($"{path}: {(entry.Kind == MessageKind.Phone ? "an SMS" : "a call")} has only a Text.");
        }

        if (source is null)
        {
            return;
        }

        try
        {
            var template = compiler.Compile(source, isHtml: part == "Html");
            var code = entry.Kind == MessageKind.Call ? SpokenText.Spell(Code) : Code;
            foreach (var fault in Samples.SelectMany(words => FaultsOf(template((words with { Code = code }).ToModel()), part, code)).Distinct())
            {
                faults.Add($"{path} {fault}");
            }
        }
        catch (Exception e)
        {
            faults.Add($"{path}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static IEnumerable<string> FaultsOf(string rendered, string part, string code)
    {
        if (string.IsNullOrWhiteSpace(rendered))
        {
            yield return "is empty.";
        }
        else if (part != "Subject" && !rendered.Contains(code, StringComparison.Ordinal))
        {
            yield return "does not contain the code, {{code}}.";
        }

        if (part == "Html" && rendered.Contains(Markup, StringComparison.Ordinal))
        {
            yield return "writes a value without escaping it, {{{…}}}.";
        }
    }

    private void WarnOfSegments(TemplateEntry entry, string program, string? domain)
    {
        var template = compiler.Compile(entry.Options);
        var segments = (entry.Purpose is { } one ? [one] : Enum.GetValues<Purpose>())
            .Select(purpose => template.Render(MessageWords.Of(Code, program, purpose, Policy.Default.Lifetime, domain)).Text)
            .Max(SmsSegments.Count);
        if (segments > 1 && _warned.TryAdd((entry.Path, entry.Options.Text), value: true))
        {
            LogSegments($"{entry.Path}:Text", segments);
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "{Path} takes {Segments} SMS segments: each is paid for, and some phones show them as separate messages")]
    private partial void LogSegments(string path, int segments);
}
