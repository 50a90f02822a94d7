using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Delivery;

/// <summary>Reads the files that templates name, with the settings. What cannot be read stays a name, for <see cref="TemplateValidator"/>.</summary>
internal sealed class TemplateFiles(IHostEnvironment? environment = null) : IPostConfigureOptions<OtpOptions>
{
    private readonly string _root = environment?.ContentRootPath ?? AppContext.BaseDirectory;

    public void PostConfigure(string? name, OtpOptions options)
    {
        var levels = options.Programs.Values.Select(program => program.Templates).Prepend(options.Templates);
        foreach (var message in levels.SelectMany(templates => TemplateEntry.All(templates, "")).Select(entry => entry.Options))
        {
            (message.Subject, message.SubjectFile) = Read(message.Subject, message.SubjectFile);
            (message.Text, message.TextFile) = Read(message.Text, message.TextFile);
            (message.Html, message.HtmlFile) = Read(message.Html, message.HtmlFile);
        }
    }

    private (string? Text, string? File) Read(string? text, string? file)
    {
        if (text is not null || file is null)
        {
            return (text, file);
        }

        try
        {
            return (File.ReadAllText(Path.Combine(_root, file)).TrimEnd(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, file);
        }
    }
}
