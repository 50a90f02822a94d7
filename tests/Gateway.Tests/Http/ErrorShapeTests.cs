using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Http;

public sealed class ErrorShapeTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Unknown_path_is_not_found()
    {
        var answer = await _gateway.GetAsync("/v2/nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("""{"detail":"Not Found"}""", answer.Body);
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    [Fact]
    public async Task Known_path_with_another_method_is_not_allowed()
    {
        var answer = await _gateway.GetAsync(TestGateway.SendPath);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("""{"detail":"Method Not Allowed"}""", answer.Body);
        Assert.Equal("POST", answer.Header("Allow"));
    }

    [Theory]
    [InlineData("/v2/nothing/here")]
    [InlineData("/health/live")]
    [InlineData("/dev/inbox")]
    [InlineData(TestGateway.SendPath)]
    public async Task Every_answer_carries_an_id_of_its_own(string path)
    {
        var first = await _gateway.GetAsync(path);
        var second = await _gateway.GetAsync(path);

        Assert.Matches("^[0-9a-f]{32}$", first.Header("X-Request-Id"));
        Assert.NotEqual(first.Header("X-Request-Id"), second.Header("X-Request-Id"));
    }

    [Fact]
    public async Task Unauthorized_answer_carries_a_request_id()
    {
        var answer = await _gateway.PostAsync(TestGateway.SendPath, content: null, token: null);

        Assert.Matches("^[0-9a-f]{32}$", answer.Header("X-Request-Id"));
    }

    [Fact]
    public async Task Callers_own_request_id_is_not_taken_over()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("X-Request-Id", "mine");
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("mine", response.Headers.GetValues("X-Request-Id"));
    }

    [Fact]
    public async Task Server_does_not_name_itself()
    {
        var answer = await _gateway.GetAsync("/health/live");

        Assert.Null(answer.Header("Server"));
    }
}
