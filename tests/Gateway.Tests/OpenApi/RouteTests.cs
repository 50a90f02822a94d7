using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.OpenApi;

public sealed class RouteTests(GatewayFixture fixture)
{
    [Fact]
    public void Document_and_gateway_have_the_same_calls()
    {
        var mapped = fixture.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(Calls)
            .Where(call => !Undocumented.Contains(call.Path))
            .Select(call => $"{call.Method} {call.Path}");

        var documented = ApiDocument.Current.Operations.Select(operation => operation.ToString());

        Assert.Equal(documented.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    // Health checks answer whatever the method. HEAD is GET without the body.
    private static IEnumerable<(string Method, string Path)> Calls(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Where(method => method != "HEAD").Select(method => (method, $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"));
    }
}
