namespace Otp.Programs;

/// <summary>
/// One message in Handlebars, each part in place or from a file, which is read at start; a relative path begins at the content root, the
/// folder of the binaries. A mail needs a subject and a text, and may have an HTML form; an SMS is a text alone.
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
