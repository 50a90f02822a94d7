using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace Otp.Cluster.Members;

/// <summary>Members, their codes and administration on two silos with Redis.</summary>
public sealed class MemberClusterTests(MemberCluster cluster) : IClassFixture<MemberCluster>
{
    private const string ByReference = "ByRelationReference";

    [Fact]
    public async Task Code_is_sent_and_verified_both_ways()
    {
        var (reference, email) = NewPerson();
        Assert.Equal(HttpStatusCode.Created, (await cluster.PutMemberAsync(reference, email)).Status);
        foreach (var (whom, suffix) in new[] { (email, ""), (reference, ByReference) })
        {
            Assert.Equal(HttpStatusCode.OK, (await cluster.GenerateAsync(whom, suffix)).Status);
            var code = await cluster.LatestCodeAsync(email);

            Assert.Equal(HttpStatusCode.OK, (await cluster.VerifyAsync(whom, code!, suffix)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await cluster.VerifyAsync(whom, code!, suffix)).Status);
        }
    }

    [Fact]
    public async Task Unregistered_address_is_answered_like_a_registered_one_and_gets_nothing()
    {
        var (reference, email) = NewPerson();
        var (_, stranger) = NewPerson();
        await cluster.PutMemberAsync(reference, email);

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(await cluster.GenerateAsync(email), await cluster.GenerateAsync(stranger));
        }

        Assert.Equal(await cluster.VerifyAsync(email, "0"), await cluster.VerifyAsync(stranger, "0"));
        Assert.NotNull(await cluster.LatestCodeAsync(email));
        Assert.Null(await cluster.LatestCodeAsync(stranger));
    }

    [Fact]
    public async Task Redis_holds_nothing_of_a_member_in_clear_and_nothing_for_ever()
    {
        var mark = RandomNumberGenerator.GetHexString(16, lowercase: true);
        await cluster.PutMemberAsync($"cid-{mark}", $"{mark}@example.com");
        await cluster.GenerateAsync($"{mark}@example.com");

        var records = await cluster.RecordsAsync();

        Assert.Contains(records.Keys, key => key.Contains("/member/", StringComparison.Ordinal));
        Assert.Contains(records.Keys, key => key.Contains("/member-email/", StringComparison.Ordinal));
        Assert.DoesNotContain(records, r => r.Key.Contains(mark, StringComparison.OrdinalIgnoreCase) || r.Value.Content.Contains(mark, StringComparison.OrdinalIgnoreCase));
        Assert.All(records.Values, record => Assert.InRange(record.Expiry, 1, (long)(TimeSpan.FromDays(400) + TimeSpan.FromHours(1)).TotalMilliseconds));
    }

    [Fact]
    public async Task Deleted_member_leaves_no_key()
    {
        var (reference, email) = NewPerson();
        var before = await KeysAsync();
        await cluster.PutMemberAsync(reference, email);
        await cluster.PutMemberAsync(reference, $"moved-{email}");
        Assert.Equal(2, (await KeysAsync()).Except(before).Count());

        Assert.Equal(HttpStatusCode.NoContent, (await cluster.SendAsync(HttpMethod.Delete, $"/admin/members/{reference}")).Status);

        Assert.Empty((await KeysAsync()).Except(before));
    }

    [Fact]
    public async Task Erased_target_leaves_no_key()
    {
        var (_, target) = NewPerson();
        var before = await KeysAsync();
        var send = await cluster.SendAsync(HttpMethod.Post, "/v2/giftcards/customers/otp/send", $$"""{"target":"{{target}}"}""");
        var code = await cluster.LatestCodeAsync(target);
        var verify = await cluster.SendAsync(
            HttpMethod.Post, "/v2/giftcards/customers/otp/verify", $$"""{"target":"{{target}}","code":"{{code}}","name":"Jane"}""");
        await cluster.GenerateAsync(target);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (send.Status, verify.Status));
        Assert.Equal(["target", "target"], (await KeysAsync()).Except(before).Select(key => key.Split('/')[2]).Order());

        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(target)).Status);

        Assert.Empty((await KeysAsync()).Except(before));
        using var verified = JsonDocument.Parse(verify.Body);
        var session = await cluster.SendAsync(
            HttpMethod.Post,
            "/v2/giftcards/customers/session",
            $$"""{"sessionToken":"{{verified.RootElement.GetProperty("sessionToken").GetString()}}"}""");
        Assert.Equal("""{"valid":false,"identity":null}""", session.Body);
        Assert.Equal(HttpStatusCode.NoContent, (await EraseAsync(target)).Status);
    }

    private static (string Reference, string Email) NewPerson()
    {
        var name = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return ($"CID-{name}", $"{name}@example.com");
    }

    private Task<(HttpStatusCode Status, string Body)> EraseAsync(string target) =>
        cluster.SendAsync(HttpMethod.Post, "/admin/targets/erase", $$"""{"target":"{{target}}"}""");

    private async Task<IEnumerable<string>> KeysAsync() => (await cluster.RecordsAsync()).Keys;
}
