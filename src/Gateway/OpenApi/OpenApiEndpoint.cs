using Otp.Gateway.Http;
using Otp.Gateway.Pages;

namespace Otp.Gateway.OpenApi;

/// <summary><c>GET /openapi/v1.json</c>: the API as the file <c>openapi.json</c> describes it. Tests hold the file and the endpoints together.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = "/openapi/v1.json";

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, new EmbeddedFile("openapi.json", MediaTypes.Json).WriteAsync);
}
