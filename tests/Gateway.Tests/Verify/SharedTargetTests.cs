using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Verify;

/// <summary>The same person has the same windows, lockout and codes through all three surfaces.</summary>
public sealed class SharedTargetTests(VerifyFixture fixture)
{
    // Each time anew: a node has one parent.
    private static (string, JsonNode?) NoPurpose => ("OtpType", "NONE");

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
    public async Task Code_that_another_surface_sent_is_no_verification_to_fetch_or_end()
    {
        var to = TestGateway.NewTarget();
        var code = await _gateway.Gateway.SendCodeAsync(to, VerifyGateway.ShopClient);

        VerifyGateway.AssertError(await _gateway.FetchAsync(to), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.UpdateAsync(to, "canceled"), HttpStatusCode.NotFound, 20404);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.Gateway.VerifyAsync(to, code, VerifyGateway.ShopClient)).Status);
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

    [Fact]
    public async Task What_one_surface_sends_and_another_verifies_is_told_in_order_as_of_one_target()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var gateway = await VerifyGateway.StartAsync(new()
        {
            ["Otp:Programs:31:Events:Url"] = endpoint.Address,
            ["Otp:Programs:31:Events:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        });
        var to = TestGateway.NewTarget();

        var (sid, first) = await gateway.SendCodeAsync(to);
        await gateway.Gateway.VerifyAsync(to, TestGateway.WrongFor(first), VerifyGateway.ShopClient);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Gateway.VerifyAsync(to, first, VerifyGateway.ShopClient)).Status);
        var second = await gateway.Gateway.SendCodeAsync(to, VerifyGateway.ShopClient);
        LoyalifeService.AssertDone(await PostAsync(gateway, LoyalifeService.VerifyPath, LoyalifeService.VerifyBody(to, long.Parse(second), 31, NoPurpose)));
        LoyalifeService.AssertDone(await GenerateAsync(gateway, to, NoPurpose));
        Assert.Equal("approved", (await gateway.CheckAsync(to, (await gateway.MessagesAsync(to))[0].Code)).Text("status"));
        LoyalifeService.AssertDone(await GenerateAsync(gateway, to));
        VerifyGateway.AssertError(await gateway.CheckAsync(to, (await gateway.MessagesAsync(to))[0].Code), HttpStatusCode.NotFound, 20404);

        var told = new List<(string Type, JsonElement Data)>();
        while (told.Count < 8)
        {
            using var posted = JsonDocument.Parse((await endpoint.ReceiveAsync()).Body);
            told.Add((posted.RootElement.GetProperty("type").GetString()!, posted.RootElement.GetProperty("data").Clone()));
        }

        Assert.Equal(
            ["otp.sent", "otp.failed", "otp.verified", "otp.sent", "otp.verified", "otp.sent", "otp.verified", "otp.sent"], told.Select(e => e.Type));
        Assert.Single(told.Select(e => Text(e.Data, "subject")).Distinct(StringComparer.Ordinal));
        var sequences = told.Select(e => e.Data.GetProperty("sequence").GetInt64()).ToList();
        Assert.Equal(sequences.Order().Distinct(), sequences);
        var codes = told.Select(e => Text(e.Data, "verification")).ToList();
        Assert.Equal([sid, sid, sid, codes[3], codes[3], codes[5], codes[5], codes[7]], codes);
        Assert.Equal(4, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([.. Enumerable.Repeat("None", 7), "Login"], told.Select(e => Text(e.Data, "purpose")));
        Assert.All(told, e => Assert.Equal("email", Text(e.Data, "channel")));

        static string Text(JsonElement data, string member) => data.GetProperty(member).GetString()!;
    }

    private static Task<Answer> GenerateAsync(VerifyGateway gateway, string email, params (string, JsonNode?)[] changes) =>
        PostAsync(gateway, LoyalifeService.GeneratePath, LoyalifeService.GenerateBody(email, 31, changes));

    private static async Task<Answer> PostAsync(VerifyGateway gateway, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await gateway.Gateway.PostAsync(path, content, await gateway.Gateway.TokenAsync(VerifyGateway.ShopClient));
    }
}
