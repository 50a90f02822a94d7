using Swashbuckle.AspNetCore.SwaggerUI;

namespace Orleans.Otp.Gateway.OpenApi;

/// <summary>
/// <c>/docs</c>: Swagger UI, with a bar to log in. All of it comes from this origin, and the page may talk to no other.
/// </summary>
internal static class DocsPage
{
    private const string Path = "/docs";

    // Swagger UI's own pictures are data URLs, and it sets styles on elements.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The client that the settings of Development ship.
    private const string DemoClient = """<meta name="demo-client" content="demo"><meta name="demo-secret" content="demo-secret">""";

    public static void MapDocs(this IEndpointRouteBuilder routes, IHostEnvironment environment)
    {
        var page = new EmbeddedFile("docs/index.html", "text/html");
        routes.MapSwaggerUI(Path, options => Configure(options, page, environment)).AsPage();
        routes.MapGet($"{Path}/login.js", new EmbeddedFile("docs/login.js", "text/javascript; charset=utf-8").WriteAsync).AsPage();
        routes.MapGet($"{Path}/docs.css", new EmbeddedFile("docs/docs.css", "text/css; charset=utf-8").WriteAsync).AsPage();
    }

    private static void Configure(SwaggerUIOptions options, EmbeddedFile page, IHostEnvironment environment)
    {
        options.DocumentTitle = "Orleans.Otp API";
        options.IndexStream = page.Open;
        options.HeadContent = environment.IsDevelopment() ? DemoClient : "";
        options.SwaggerEndpoint(OpenApiEndpoint.Path, "v1");
        options.EnableDeepLinking();
        options.EnableTryItOutByDefault();
        options.DisplayRequestDuration();
        options.DefaultModelsExpandDepth(0);
    }

    private static void AsPage(this IEndpointConventionBuilder endpoint) => endpoint.ExcludeFromDescription().Add(static builder =>
    {
        var write = builder.RequestDelegate!;
        builder.RequestDelegate = context =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return write(context);
        };
    });
}
