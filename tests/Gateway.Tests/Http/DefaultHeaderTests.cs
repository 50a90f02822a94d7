using System.Net;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Http;

/// <summary>Nobody on the way keeps an answer with codes, tokens or people, and no browser takes one for what it is not.</summary>
public sealed class DefaultHeaderTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Answer_of_every_call_is_not_to_be_kept()
    {
        var gateway = _service.Gateway;
        var (reference, email) = await _service.NewMemberAsync();
        var target = TestGateway.NewTarget();
        var sent = await gateway.SendAsync(target);
        var verified = await gateway.VerifyAsync(target, sent.Text("mockCode"));
        var session = verified.Text("sessionToken");
        Answer[] answers =
        [
            sent,
            verified,
            await gateway.SessionAsync(session),
            await gateway.EndSessionAsync(session),
            await gateway.TryTokenAsync(TestGateway.Acme, TestGateway.Secret),
            await gateway.TryTokenAsync(TestGateway.Acme, "wrong"),
            await gateway.SendAsync("nobody"),
            await gateway.PostAsync(TestGateway.SendPath, "{"),
            await gateway.PostAsync(TestGateway.SendPath, content: null, token: null),
            await _service.TokenAsync([]),
            await _service.GenerateAsync(email),
            await _service.VerifyAsync(email, "123456"),
            await _service.PutMemberAsync(reference, email),
            await _service.AdminAsync(HttpMethod.Get, $"/admin/members/{reference}"),
            await _service.AdminAsync(HttpMethod.Post, "/admin/targets/inspect", new JsonObject { ["target"] = email }),
            await _service.AdminAsync(HttpMethod.Delete, $"/admin/members/{reference}"),
            await gateway.GetAsync("/dev/inbox"),
            await gateway.GetAsync("/no/such/path"),
            await gateway.GetAsync(TestGateway.SendPath),
        ];

        Assert.All(answers, answer => Assert.Equal(("no-store", "nosniff"), (answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options"))));
    }

    [Theory]
    [InlineData("/openapi/v1.json", "no-cache")]
    [InlineData("/assets/site.css", "no-cache")]
    [InlineData("/health/live", "no-store, no-cache")]
    public async Task What_may_be_kept_says_so(string path, string cacheControl)
    {
        var answer = await _service.Gateway.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal((cacheControl, "nosniff"), (answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options")));
    }
}
