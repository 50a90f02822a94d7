using System.Net;
using System.Text.Json;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.OpenApi;

public sealed class OpenApiEndpointTests(GatewayFixture fixture)
{
    private const string Path = "/openapi/v1.json";

    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Document_is_served_as_it_is()
    {
        var answer = await _gateway.GetAsync(Path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.True(JsonElement.DeepEquals(ApiDocument.Current.Root, answer.Json));
        Assert.StartsWith("3.1.", answer.Text("openapi"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_that_the_caller_has_is_not_sent_again()
    {
        var tag = (await _gateway.GetAsync(Path)).Header("ETag")!;

        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync(tag)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync("*")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("\"other\"")).Status);
    }

    [Fact]
    public async Task Document_is_served_in_production_too()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["environment"] = "Production" });

        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(Path)).Status);
    }

    private async Task<Answer> GetAsync(string knownTag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("If-None-Match", knownTag);
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
