namespace Otp.Programs;

/// <summary>The messages for one purpose, by locale (BCP 47, <c>pt-BR</c> or <c>pt_BR</c>) or <see cref="Default"/>.</summary>
public sealed class PurposeTemplates
{
    /// <summary>The key that stands for every purpose, or every locale, without a key of its own.</summary>
    public const string Default = "default";

    public Dictionary<string, TemplateOptions> Email { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, TemplateOptions> Phone { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is said in calls. Their <c>code</c> is spelled, digit by digit.</summary>
    public Dictionary<string, TemplateOptions> Call { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// One message in Handlebars. Each part is written in place or in a file, which is read at start; a relative path starts at the content
/// root, the folder of the binaries. A mail needs a subject and a text, and may have an HTML form; an SMS, and what is said in a call, is a text alone.
/// </summary>
public sealed class TemplateOptions
{
    public string? Subject { get; set; }

    public string? SubjectFile { get; set; }

    public string? Text { get; set; }

    public string? TextFile { get; set; }

    public string? Html { get; set; }

    public string? HtmlFile { get; set; }
}
