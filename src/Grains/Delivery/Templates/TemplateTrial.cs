using Otp.Programs;

namespace Otp.Delivery;

/// <summary>
/// Renders a message with words of every kind that a template can tell apart (a domain or none; minutes or less than one), so that what
/// works here works for every code.
/// </summary>
internal sealed class TemplateTrial(TemplateCompiler compiler)
{
    private const string Code = "908172";
    private const string Markup = "<otp-sample>";

    private static readonly MessageWords[] Samples =
    [
        .. from domain in new[] { "example.com", null }
           from life in new[] { TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30) }
           select MessageWords.Of(Code, Markup, Purpose.Login, life, domain),
    ];

    /// <summary>The faults of one message, each with its configuration key.</summary>
    public IEnumerable<string> Faults(TemplateEntry entry) =>
    [
        .. Faults(entry.Options.Subject, $"{entry.Path}:Subject", isHtml: false, hasCode: false),
        .. Faults(entry.Options.Text, $"{entry.Path}:Text", isHtml: false, hasCode: true),
        .. Faults(entry.Options.Html, $"{entry.Path}:Html", isHtml: true, hasCode: true),
    ];

    /// <summary>The segments that a faultless SMS takes at most, over the purposes that it is for.</summary>
    /// <param name="entry">The message.</param>
    /// <param name="program">The program's name.</param>
    /// <param name="domain">Its domain, if it names one.</param>
    public int Segments(TemplateEntry entry, string program, string? domain)
    {
        var template = compiler.Compile(entry.Options);
        return (entry.Purpose is { } one ? [one] : Enum.GetValues<Purpose>())
            .Select(purpose => template.Render(MessageWords.Of(Code, program, purpose, Policy.Default.Lifetime, domain)).Text)
            .Max(SmsSegments.Count);
    }

    private IEnumerable<string> Faults(string? source, string path, bool isHtml, bool hasCode)
    {
        if (source is null)
            return [];

        try
        {
            var template = compiler.Compile(source, isHtml);
            return [.. Samples.SelectMany(words => RenderedFaults(template(words.ToModel()), path, isHtml, hasCode)).Distinct()];
        }
        catch (Exception e)
        {
            return [$"{path}: {e.Message.ReplaceLineEndings(" ")}"];
        }
    }

    private static IEnumerable<string> RenderedFaults(string rendered, string path, bool isHtml, bool hasCode)
    {
        if (string.IsNullOrWhiteSpace(rendered))
            yield return $"{path} is empty.";
        else if (hasCode && !rendered.Contains(Code, StringComparison.Ordinal))
            yield return $"{path} does not tell the code, {{{{code}}}}.";
        if (isHtml && rendered.Contains(Markup, StringComparison.Ordinal))
            yield return $"{path} writes a value without escaping it, {{{{{{…}}}}}}.";
    }
}
