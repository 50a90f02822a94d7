using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using HandlebarsDotNet;
using Otp.Programs;
using Key = (int Level, Otp.Delivery.MessageKind Kind, string Locale, Otp.Purpose? Purpose);

namespace Otp.Delivery;

/// <summary>Operators' Handlebars templates, each compiled once. In HTML values are escaped; no partials; undefined variables are errors.</summary>
public sealed class MessageTemplates
{
    private readonly IHandlebars _plain = Create(noEscape: true);
    private readonly IHandlebars _html = Create(noEscape: false);
    private readonly ConcurrentDictionary<(string Source, bool IsHtml), HandlebarsTemplate<object, object>> _compiled = new();
    private readonly Lock _compiling = new();

    // A reload of the settings replaces the programs, and their templates go with them.
    private readonly ConditionalWeakTable<OtpProgram, FrozenDictionary<Key, MessageTemplate>> _programs = [];

    /// <summary>
    /// The template for a purpose and a locale; null where there is none and the built-in text is used. The program's templates come before
    /// the service's, a preferred language before the next, a narrower locale before a wider one, and, within a locale, the purpose's before the
    /// default: above all the reader must understand the message.
    /// </summary>
    internal MessageTemplate? Find(OtpProgram program, MessageKind kind, Purpose purpose, string? locale)
    {
        var templates = _programs.GetValue(program, Compile);
        if (templates.Count == 0)
        {
            return null;
        }

        for (var level = 0; level < program.Templates.Length; level++)
        {
            foreach (var tag in TemplateEntry.FallBacks(locale))
            {
                if (templates.TryGetValue((level, kind, tag, purpose), out var template)
                    || templates.TryGetValue((level, kind, tag, null), out template))
                {
                    return template;
                }
            }
        }

        return null;
    }

    /// <summary>Compiles the parts of a template; it must have a text.</summary>
    /// <exception cref="Exception">A part is not valid Handlebars; the compiler throws exceptions of several types.</exception>
    internal MessageTemplate Compile(TemplateOptions options) => new(
        options.Subject is { } subject ? Compile(subject, isHtml: false) : null,
        Compile(options.Text!, isHtml: false),
        options.Html is { } html ? Compile(html, isHtml: true) : null);

    internal HandlebarsTemplate<object, object> Compile(string source, bool isHtml)
    {
        if (_compiled.TryGetValue((source, isHtml), out var template))
        {
            return template;
        }

        lock (_compiling)
        {
            return _compiled.GetOrAdd((source, isHtml), (isHtml ? _html : _plain).Compile(source));
        }
    }

    private FrozenDictionary<Key, MessageTemplate> Compile(OtpProgram program) => program.Templates
        .SelectMany((templates, level) => TemplateEntry.All(templates, "").Select(entry => (level, entry)))
        .ToFrozenDictionary(x => (x.level, x.entry.Kind, x.entry.Locale, x.entry.Purpose), x => Compile(x.entry.Options) with { Locale = x.entry.Locale });

    private static IHandlebars Create(bool noEscape) => Handlebars.Create(new HandlebarsConfiguration
    {
        NoEscape = noEscape,
        ThrowOnUnresolvedBindingExpression = true,
    });
}

/// <summary>A compiled template.</summary>
internal sealed record MessageTemplate(
    HandlebarsTemplate<object, object>? Subject,
    HandlebarsTemplate<object, object> Text,
    HandlebarsTemplate<object, object>? Html)
{
    /// <summary>The language of its texts (BCP 47); empty for the default.</summary>
    public string Locale { get; init; } = "";

    /// <summary>Writes the message.</summary>
    /// <exception cref="HandlebarsException">The template uses an undefined variable, which <see cref="TemplateValidator"/> refuses at start.</exception>
    public MessageText Render(MessageWords words)
    {
        var model = words.ToModel();
        return new MessageText(Subject is null ? null : MessageWords.OneLine(Subject(model)), Text(model), Html?.Invoke(model));
    }
}
