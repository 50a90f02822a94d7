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
        foreach (var answer in call.Answers.Where(static answer => answer.Type is not null).DistinctBy(static answer => answer.Status))
        {
            description.SupportedResponseTypes.Add(new ApiResponseType
            {
                StatusCode = answer.Status,
                Type = answer.Type,
                ApiResponseFormats = [new ApiResponseFormat { MediaType = MediaTypes.Json }],
            });
        }

        return description;
    }
}
