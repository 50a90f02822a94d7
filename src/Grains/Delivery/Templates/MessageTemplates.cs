using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using HandlebarsDotNet;
using Otp.Programs;
using Otp.Targets;
using Key = (int Level, Otp.Targets.Channel Channel, string Locale, Otp.Purpose? Purpose);

namespace Otp.Delivery;

/// <summary>
/// The operators' messages, in Handlebars. Each text is compiled once: in HTML what a variable holds is escaped, elsewhere not. There are
/// no files and no partials to include, and what is not defined is an error.
/// </summary>
public sealed class MessageTemplates
{
    private readonly IHandlebars _plain = Create(noEscape: true);
    private readonly IHandlebars _html = Create(noEscape: false);
    private readonly ConcurrentDictionary<(string Source, bool IsHtml), HandlebarsTemplate<object, object>> _compiled = new();
    private readonly Lock _compiling = new();

    // Forgotten with their programs, which every reload of the settings replaces.
    private readonly ConditionalWeakTable<OtpProgram, FrozenDictionary<Key, MessageTemplate>> _programs = [];

    /// <summary>
    /// The message for a purpose and a locale; null where only the built-in one is left. The program's own come before the service's, a
    /// narrower locale before a wider one, and, in a language, the purpose's before that of all purposes: above all it must be readable.
    /// </summary>
    internal MessageTemplate? Find(OtpProgram program, Channel channel, Purpose purpose, string? locale)
    {
        var templates = _programs.GetValue(program, Compile);
        if (templates.Count == 0)
            return null;

        for (var level = 0; level < program.Templates.Length; level++)
        {
            foreach (var tag in TemplateEntry.FallBacks(locale))
            {
                if (templates.TryGetValue((level, channel, tag, purpose), out var template)
                    || templates.TryGetValue((level, channel, tag, null), out template))
                {
                    return template;
                }
            }
        }

        return null;
    }

    /// <summary>Compiles a message whose text is there.</summary>
    /// <exception cref="Exception">A part is no Handlebars: besides its own exceptions, the compiler throws others for some mistakes.</exception>
    internal MessageTemplate Compile(TemplateOptions options) => new(
        options.Subject is { } subject ? Compile(subject, isHtml: false) : null,
        Compile(options.Text!, isHtml: false),
        options.Html is { } html ? Compile(html, isHtml: true) : null);

    internal HandlebarsTemplate<object, object> Compile(string source, bool isHtml)
    {
        if (_compiled.TryGetValue((source, isHtml), out var template))
            return template;
        lock (_compiling)
            return _compiled.GetOrAdd((source, isHtml), (isHtml ? _html : _plain).Compile(source));
    }

    private FrozenDictionary<Key, MessageTemplate> Compile(OtpProgram program) => program.Templates
        .SelectMany((templates, level) => TemplateEntry.All(templates, "").Select(entry => (level, entry)))
        .ToFrozenDictionary(x => (x.level, x.entry.Channel, x.entry.Locale, x.entry.Purpose), x => Compile(x.entry.Options));

    private static IHandlebars Create(bool noEscape) => Handlebars.Create(new HandlebarsConfiguration
    {
        NoEscape = noEscape,
        ThrowOnUnresolvedBindingExpression = true,
    });
}

/// <summary>An operator's message, compiled.</summary>
internal sealed record MessageTemplate(
    HandlebarsTemplate<object, object>? Subject,
    HandlebarsTemplate<object, object> Text,
    HandlebarsTemplate<object, object>? Html)
{
    /// <summary>Writes the message.</summary>
    /// <exception cref="HandlebarsException">The template uses what is not defined, which <see cref="TemplateValidator"/> refuses.</exception>
    public MessageText Render(MessageWords words)
    {
        var model = words.ToModel();
        return new MessageText(Subject is null ? null : MessageWords.OneLine(Subject(model)), Text(model), Html?.Invoke(model));
    }
}
