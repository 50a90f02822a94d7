using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Operations;

public sealed class HealthTests(GatewayFixture fixture)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Started_gateway_is_healthy(string path)
    {
        var answer = await fixture.Gateway.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"status":"Healthy"}""", answer.Body);
    }
}
