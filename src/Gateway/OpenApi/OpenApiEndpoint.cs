using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Otp.Delivery;
using Otp.Gateway.Admin;
using Otp.Gateway.Development;
using Otp.Gateway.Loyalife;
using Otp.Gateway.LoyaltyDog;
using Otp.Gateway.Pages;
using Otp.Gateway.Verify;

namespace Otp.Gateway.OpenApi;

/// <summary><c>GET /openapi/v1.json</c>: the API, as the routes and their metadata describe it. Built when it is first asked for, and kept.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = "/openapi/v1.json";

    private const string Name = "v1";

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<IApiDescriptionProvider, ApiDescriptions>();
        services.ConfigureHttpJsonOptions(static json =>
        {
            var options = json.SerializerOptions;
            options.NumberHandling = JsonNumberHandling.Strict;
            options.Converters.Add(new JsonStringEnumConverter<Channel>(JsonNamingPolicy.CamelCase));
            options.Converters.Add(new JsonStringEnumConverter<DeliveryState>(JsonNamingPolicy.CamelCase));
            options.Converters.Add(new JsonStringEnumConverter<UndeliveredReason>(JsonNamingPolicy.CamelCase));
            options.Converters.Add(new OtpTypeConverter());
            options.TypeInfoResolverChain.Clear();
            foreach (var context in (ReadOnlySpan<JsonSerializerContext>)[LoyaltyDogJson.Default, LoyalifeJson.Default, VerifyJson.Default, AdminJson.Default, InboxJson.Default, OpenApiJson.Default])
            {
                options.TypeInfoResolverChain.Add(context);
            }
        });
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
