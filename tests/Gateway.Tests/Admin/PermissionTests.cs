using System.Net;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Admin;

public sealed class PermissionTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    public static TheoryData<string, string> Acts => new()
    {
        { "PUT", "/admin/members/CID" },
        { "GET", "/admin/members/CID" },
        { "DELETE", "/admin/members/CID" },
        { "POST", "/admin/targets/inspect" },
        { "POST", "/admin/targets/unlock" },
        { "POST", "/admin/targets/erase" },
        { "GET", "/admin/events" },
        { "POST", "/admin/events/replay" },
        { "GET", "/admin/prefixes" },
        { "GET", "/admin/prefixes/+155501" },
        { "DELETE", "/admin/prefixes/+155501" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Client_with_the_role_otp_alone_is_forbidden(string method, string path)
    {
        var answer = await _service.AdminAsync(new HttpMethod(method), path, Target(), LoyalifeService.Client);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("""{"detail":"Not enough permissions"}""", answer.Body);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Call_with_a_broken_token_is_not_authenticated(string method, string path)
    {
        var answer = await _service.AdminAsync(new HttpMethod(method), path, Target(), token: "broken");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("""{"detail":"Could not validate credentials"}""", answer.Body);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Token_bound_to_a_member_is_forbidden(string method, string path)
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:Clients:seven:Roles:1"] = "admin" });

        var free = await service.AdminAsync(new HttpMethod(method), path, Target(), LoyalifeService.Client);
        var bound = await service.AdminAsync(new HttpMethod(method), path, Target(), token: await service.BoundTokenAsync("CID"));

        Assert.NotEqual(HttpStatusCode.Forbidden, free.Status);
        Assert.Equal(HttpStatusCode.Forbidden, bound.Status);
    }

    [Fact]
    public async Task Client_with_the_role_admin_alone_cannot_send()
    {
        var answer = await _service.Gateway.SendAsync(TestGateway.NewTarget(), LoyalifeService.Admin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    private static JsonObject Target() => new() { ["target"] = "a@example.com" };
}
