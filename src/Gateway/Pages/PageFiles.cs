using System.Collections.Frozen;
using System.Reflection;

namespace Otp.Gateway.Pages;

/// <summary>The files of the pages, which the assembly carries: nothing is read from a disk or from another host.</summary>
internal static class PageFiles
{
    /// <summary>
    /// The policy of a page with inline styles: a mail in a frame of its own, styled inline, inherits its page's policy, and Swagger UI styles
    /// elements.
    /// </summary>
    public const string StyledPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Prefix = "pages/";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, TaggedContent> All = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(static name => name[Prefix.Length..], Read);

    public static IServiceCollection AddPages(this IServiceCollection services) => services.AddSingleton<EventStream>();

    /// <summary>A file that is known to exist.</summary>
    public static TaggedContent Get(string name) => All[name];

    /// <summary><c>GET /assets/{file}</c>: what the pages refer to.</summary>
    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{file}", static context =>
        context.GetRouteValue("file") is string name && All.TryGetValue(name, out var file)
            ? file.WriteAsync(context)
            : JsonAnswer.WriteNothingAsync(context, StatusCodes.Status404NotFound));

    /// <summary>Sets what guards a page, which the browser allows nothing that is not from this origin.</summary>
    public static void SetHeaders(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    private static TaggedContent Read(string name) =>
        TaggedContent.OfResource(name, MediaTypeOf(name), name == Prefix + "inbox.html" ? StyledPolicy : Policy);

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"A page has a file of an unknown kind: {name}"),
    };
}
