using System.Net;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Auth;

/// <summary><c>Otp:Tokens:SigningKeys</c>: the first signs, all are accepted, so that a key can be changed without a refused token.</summary>
public sealed class SigningKeyTests
{
    private static readonly string Old = Convert.ToBase64String(TestGateway.SigningKey);
    private static readonly string New = Convert.ToBase64String([.. Enumerable.Range(101, 32).Select(static i => (byte)i)]);

    [Fact]
    public async Task While_a_key_is_changed_every_gateway_accepts_every_token()
    {
        // Step by step: only the old one, the new one last, the new one first.
        string[][] steps = [[Old], [Old, New], [New, Old]];
        await using var first = await StartAsync(steps[0]);
        await using var second = await StartAsync(steps[1]);
        await using var third = await StartAsync(steps[2]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UseAsync(await first.TokenAsync(), second));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UseAsync(await second.TokenAsync(), first));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UseAsync(await second.TokenAsync(), third));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UseAsync(await third.TokenAsync(), second));
    }

    [Fact]
    public async Task Token_of_a_key_that_is_gone_is_refused()
    {
        await using var before = await StartAsync([Old, New]);
        await using var after = await StartAsync([New]);

        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(await before.TokenAsync(), after));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UseAsync(await after.TokenAsync(), before));
    }

    private static Task<TestGateway> StartAsync(string[] keys) =>
        TestGateway.StartAsync(keys.Index().ToDictionary(static key => $"Otp:Tokens:SigningKeys:{key.Index}", static key => key.Item, StringComparer.Ordinal));

    private static async Task<HttpStatusCode> UseAsync(string token, TestGateway gateway)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        return (await gateway.PostAsync(TestGateway.SendPath, content, token)).Status;
    }
}
