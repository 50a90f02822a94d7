using Otp.Gateway.Pages;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Otp.Gateway.OpenApi;

/// <summary>
/// <c>/docs</c>, and <c>/</c> leads there: Swagger UI, with a bar to log in. All of it comes from this origin, and the page may talk to no other.
/// </summary>
internal static class DocsPage
{
    private const string Path = "/docs";

    // Relative, so that a proxy may put a prefix before all paths.
    private const string Page = "docs/index.html";
    private const string Document = $"..{OpenApiEndpoint.Path}";

    // The client that the settings of Development ship.
    private const string DemoClient = """<meta name="demo-client" content="demo"><meta name="demo-secret" content="demo-secret">""";

    public static void MapDocs(this IEndpointRouteBuilder routes, IHostEnvironment environment)
    {
        routes.MapGet("/", static context =>
        {
            context.Response.Redirect(Page);
            return Task.CompletedTask;
        });
        var page = TaggedContent.OfResource("docs.html", "text/html");
        routes.MapSwaggerUI(Path, options => Configure(options, page, environment)).Add(static endpoint =>
        {
            var write = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                PageFiles.SetHeaders(context.Response, PageFiles.StyledPolicy);
                return write(context);
            };
        });
    }

    private static void Configure(SwaggerUIOptions options, TaggedContent page, IHostEnvironment environment)
    {
        options.DocumentTitle = "Orleans.Otp API";
        options.IndexStream = page.Open;
        options.HeadContent = environment.IsDevelopment() ? DemoClient : "";
        options.SwaggerEndpoint(Document, "v1");
        options.EnableDeepLinking();
        options.EnableTryItOutByDefault();
        options.DisplayRequestDuration();
        options.DefaultModelsExpandDepth(0);
    }
}
