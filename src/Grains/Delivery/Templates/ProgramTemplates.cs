using System.Collections.Frozen;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>The messages that a program's operators wrote, and which of them to use when.</summary>
internal sealed class ProgramTemplates
{
    private readonly FrozenDictionary<(int Level, Channel Channel, string Locale, Purpose? Purpose), MessageTemplate> _templates;
    private readonly int _levels;

    public ProgramTemplates(OtpProgram program, TemplateCompiler compiler)
    {
        _levels = program.Templates.Length;
        _templates = program.Templates
            .SelectMany((templates, level) => TemplateEntry.All(templates, "").Select(entry => (level, entry)))
            .ToFrozenDictionary(
                x => (x.level, x.entry.Channel, x.entry.Locale, x.entry.Purpose),
                x => compiler.Compile(x.entry.Options));
    }

    /// <summary>
    /// The message for a purpose and a locale; null where only the built-in one is left. The program's own come before the service's, a
    /// narrower locale before a wider one, and, in a language, the purpose's before that of all purposes: above all it must be readable.
    /// </summary>
    public MessageTemplate? Find(Channel channel, Purpose purpose, string? locale)
    {
        if (_templates.Count == 0)
            return null;

        for (var level = 0; level < _levels; level++)
        {
            foreach (var tag in Locales.FallBacks(locale))
            {
                if (_templates.TryGetValue((level, channel, tag, purpose), out var template)
                    || _templates.TryGetValue((level, channel, tag, null), out template))
                {
                    return template;
                }
            }
        }

        return null;
    }
}
