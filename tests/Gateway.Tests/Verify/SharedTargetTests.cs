using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Verify;

/// <summary>The same person has the same windows, lockout and codes through all three surfaces.</summary>
public sealed class SharedTargetTests(VerifyFixture fixture)
{
    private readonly VerifyGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Sends_through_all_surfaces_count_together()
    {
        var to = TestGateway.NewTarget();
        Assert.Equal(HttpStatusCode.Created, (await _gateway.StartAsync(to)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.Gateway.SendAsync(to, VerifyGateway.ShopClient)).Status);
        LoyalifeService.AssertDone(await GenerateAsync(_gateway, to));
        Assert.Equal(HttpStatusCode.Created, (await _gateway.StartAsync(to)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.Gateway.SendAsync(to, VerifyGateway.ShopClient)).Status);

        VerifyGateway.AssertError(await _gateway.StartAsync(to), HttpStatusCode.TooManyRequests, 60203);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _gateway.Gateway.SendAsync(to, VerifyGateway.ShopClient)).Status);
        LoyalifeService.AssertRefused(await GenerateAsync(_gateway, to), HttpStatusCode.TooManyRequests, "E202");
    }

    [Fact]
    public async Task Code_of_no_purpose_is_right_through_each_surface()
    {
        var (dog, here) = (TestGateway.NewTarget(), TestGateway.NewTarget());
        var (sid, code) = await _gateway.SendCodeAsync(here);

        var approved = await _gateway.CheckAsync(dog, await _gateway.Gateway.SendCodeAsync(dog, VerifyGateway.ShopClient));
        var verified = await _gateway.Gateway.VerifyAsync(here, code, VerifyGateway.ShopClient);

        Assert.Equal((HttpStatusCode.OK, "approved", "email"), (approved.Status, approved.Text("status"), approved.Text("channel")));
        Assert.Equal(HttpStatusCode.OK, verified.Status);
        VerifyGateway.AssertError(await _gateway.FetchAsync(sid), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Code_that_another_surface_sent_is_no_verification_to_fetch()
    {
        var to = TestGateway.NewTarget();
        await _gateway.Gateway.SendAsync(to, VerifyGateway.ShopClient);

        VerifyGateway.AssertError(await _gateway.FetchAsync(to), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Code_of_a_purpose_is_not_right_here()
    {
        var to = TestGateway.NewTarget();
        LoyalifeService.AssertDone(await GenerateAsync(_gateway, to));
        var code = (await _gateway.MessagesAsync(to))[0].Code;

        VerifyGateway.AssertError(await _gateway.CheckAsync(to, code), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Wrong_guesses_through_all_surfaces_lock_together()
    {
        await using var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Programs:31:Lockout:Threshold"] = "3" });
        var to = TestGateway.NewTarget();
        var (_, code) = await gateway.SendCodeAsync(to);
        LoyalifeService.AssertDone(await GenerateAsync(gateway, to));
        var login = (await gateway.MessagesAsync(to))[0].Code;
        await gateway.CheckAsync(to, TestGateway.WrongFor(code));
        await gateway.Gateway.VerifyAsync(to, TestGateway.WrongFor(code), VerifyGateway.ShopClient);
        await PostAsync(gateway, LoyalifeService.VerifyPath, LoyalifeService.VerifyBody(to, long.Parse(TestGateway.WrongFor(login)), 31));

        var check = await gateway.CheckAsync(to, code);
        var start = await gateway.StartAsync(to);

        VerifyGateway.AssertError(check, HttpStatusCode.TooManyRequests, 60202);
        VerifyGateway.AssertError(start, HttpStatusCode.TooManyRequests, 60203);
        Assert.Equal(("86400", "86400"), (check.Header("Retry-After"), start.Header("Retry-After")));
    }

    [Fact]
    public async Task Erase_ends_the_verification()
    {
        var to = TestGateway.NewTarget();
        var (sid, code) = await _gateway.SendCodeAsync(to);
        using var body = new StringContent($$"""{"target":"{{to}}"}""", Encoding.UTF8, "application/json");

        var erased = await _gateway.Gateway.PostAsync("/admin/targets/erase", body, await _gateway.Gateway.TokenAsync(VerifyGateway.ShopAdmin));

        Assert.Equal(HttpStatusCode.NoContent, erased.Status);
        VerifyGateway.AssertError(await _gateway.FetchAsync(sid), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.CheckAsync(to, code), HttpStatusCode.NotFound, 20404);
    }

    private static Task<Answer> GenerateAsync(VerifyGateway gateway, string email) =>
        PostAsync(gateway, LoyalifeService.GeneratePath, LoyalifeService.GenerateBody(email, 31));

    private static async Task<Answer> PostAsync(VerifyGateway gateway, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await gateway.Gateway.PostAsync(path, content, await gateway.Gateway.TokenAsync(VerifyGateway.ShopClient));
    }
}
