using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Otp.Gateway.OpenApi;

/// <summary>Tells the generator which routes there are: it finds by itself only handlers whose parameters and results are typed.</summary>
internal sealed class ApiDescriptions(EndpointDataSource endpoints) : IApiDescriptionProvider
{
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ApiCall>() is { } call)
            {
                context.Results.Add(Describe(endpoint, call));
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private static ApiDescription Describe(RouteEndpoint endpoint, ApiCall call)
    {
        var description = new ApiDescription
        {
            ActionDescriptor = new ActionDescriptor { EndpointMetadata = [.. endpoint.Metadata] },
            HttpMethod = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? HttpMethods.Get,
            RelativePath = endpoint.RoutePattern.RawText!.TrimStart('/'),
        };
        foreach (var (status, type) in call.Answers.Select(static answer => (answer.Status, answer.Type)).Where(static answer => answer.Type is not null).Distinct())
        {
            description.SupportedResponseTypes.Add(new() { StatusCode = status, Type = type, ApiResponseFormats = [new() { MediaType = MediaTypes.Json }] });
        }

        return description;
    }
}
