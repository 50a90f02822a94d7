using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Otp.Gateway.Pages;

namespace Otp.Gateway.OpenApi;

/// <summary><c>GET /openapi/v1.json</c>: the API, as the routes and their metadata describe it. Built when it is first asked for, and kept.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = "/openapi/v1.json";

    private const string Name = "v1";

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<IApiDescriptionProvider, ApiDescriptions>();
        services.ConfigureHttpJsonOptions(static json => AnswerJson.Configure(json.SerializerOptions).TypeInfoResolver = AnswerJson.Default);
        return services.AddOpenApi(static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = Schemas.NameOf;
            options.AddSchemaTransformer(Schemas.CompleteAsync);
            options.AddOperationTransformer<CallTransformer>();
            options.AddDocumentTransformer(ApiDocument.CompleteAsync);
        });
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes)
    {
        var provider = routes.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = new Lazy<Task<TaggedContent>>(() => BuildAsync(provider));
        routes.MapGet(Path, async context => await (await document.Value).WriteAsync(context)).WithMetadata(OperationsCalls.Document);
    }

    private static async Task<TaggedContent> BuildAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsync(json, OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json, new OpenApiJsonWriterSettings { Terse = true });
        return new TaggedContent(json.ToArray(), MediaTypes.Json);
    }
}
