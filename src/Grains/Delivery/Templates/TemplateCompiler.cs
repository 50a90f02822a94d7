using System.Collections.Concurrent;
using HandlebarsDotNet;
using Otp.Programs;

namespace Otp.Delivery;

/// <summary>
/// Compiles Handlebars, each text once: in HTML what a variable holds is escaped, elsewhere not. There are no files and no partials to
/// include, and what is not defined is an error.
/// </summary>
public sealed class TemplateCompiler
{
    private readonly IHandlebars _plain = Create(noEscape: true);
    private readonly IHandlebars _html = Create(noEscape: false);
    private readonly ConcurrentDictionary<(string Source, bool IsHtml), HandlebarsTemplate<object, object>> _compiled = new();
    private readonly Lock _compiling = new();

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

    private static IHandlebars Create(bool noEscape) => Handlebars.Create(new HandlebarsConfiguration
    {
        NoEscape = noEscape,
        ThrowOnUnresolvedBindingExpression = true,
    });
}
