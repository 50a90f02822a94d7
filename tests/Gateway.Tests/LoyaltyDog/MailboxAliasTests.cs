using System.Net;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.LoyaltyDog;

/// <summary>A program may say that aliases count as one mailbox: here acme, 7 and 8 as the provider does, globex without tags, mute not at all.</summary>
public sealed class MailboxAliasTests : IAsyncLifetime
{
    private static readonly string[] Spellings =
    [
        "janedoe@gmail.com", "jane.doe@gmail.com", "j.a.n.e.d.o.e@gmail.com", "JaneDoe@Gmail.com",
        "janedoe+shop@gmail.com", "jane.doe+a+b@gmail.com", "janedoe@googlemail.com", "jane.doe+shop@googlemail.com",
    ];

    private LoyalifeService _service = null!;

    private TestGateway Gateway => _service.Gateway;

    public async ValueTask InitializeAsync() => _service = await LoyalifeService.StartAsync(new()
    {
        ["Otp:Programs:acme:MailboxAliases"] = "Provider",
        ["Otp:Programs:globex:MailboxAliases"] = "Subaddress",
        ["Otp:Programs:mute:Delivery:Email:0"] = "inbox",
        ["Otp:Programs:7:MailboxAliases"] = "Provider",
        ["Otp:Programs:8:MailboxAliases"] = "Provider",
        ["Otp:Programs:acme:TestTargets:0:Target"] = "review.team+store@gmail.com",
        ["Otp:Programs:acme:TestTargets:0:Code"] = "135790",
        ["Otp:Programs:acme:TestTargets:0:ExpiresOn"] = "2026-01-31",
    });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Eight_spellings_of_one_mailbox_share_its_windows_and_each_message_goes_to_the_address_as_written()
    {
        foreach (var spelling in Spellings[..5])
        {
            Assert.Equal(HttpStatusCode.OK, (await Gateway.SendAsync(spelling)).Status);
        }

        foreach (var spelling in Spellings)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, (await Gateway.SendAsync(spelling)).Status);
        }

        Assert.Equal(Spellings[..5].Select(spelling => spelling.ToLowerInvariant()).Reverse(), await ReceiversAsync());
    }

    [Fact]
    public async Task Without_the_setting_each_spelling_is_a_target_of_its_own()
    {
        foreach (var spelling in Spellings.DistinctBy(spelling => spelling.ToLowerInvariant()))
        {
            Assert.Equal("\"hour\";r=4;t=3600", await SendAsync(spelling, TestGateway.Mute));
        }
    }

    [Fact]
    public async Task Code_opens_one_customer_whichever_alias_is_written()
    {
        var first = await Gateway.VerifyAsync("janedoe@googlemail.com", await Gateway.SendCodeAsync("jane.doe+shop@gmail.com"));
        var second = await Gateway.VerifyAsync("j.anedoe@gmail.com", await Gateway.SendCodeAsync("janedoe@gmail.com"));

        Assert.Equal("janedoe@googlemail.com", first.Text("verifiedTarget"));
        Assert.Equal("j.anedoe@gmail.com", second.Text("verifiedTarget"));
        Assert.Equal(first.Json.GetProperty("identity").GetProperty("id").GetString(), second.Json.GetProperty("identity").GetProperty("id").GetString());
        Assert.Equal("janedoe@googlemail.com", second.Json.GetProperty("identity").GetProperty("email").GetString());
    }

    [Fact]
    public async Task Attempts_are_those_of_the_mailbox()
    {
        var code = await Gateway.SendCodeAsync(Spellings[0]);
        foreach (var spelling in Spellings[1..4])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await Gateway.VerifyAsync(spelling, TestGateway.WrongFor(code))).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await Gateway.VerifyAsync(Spellings[0], code)).Status);
    }

    [Fact]
    public async Task Tags_are_dropped_everywhere_and_dots_only_where_the_provider_ignores_them()
    {
        Assert.Equal("\"hour\";r=4;t=3600", await SendAsync("jane.doe+a@example.com"));
        Assert.Equal("\"hour\";r=3;t=3600", await SendAsync("jane.doe+b@example.com"));
        Assert.Equal("\"hour\";r=2;t=3600", await SendAsync("jane.doe@example.com"));
        Assert.Equal("\"hour\";r=4;t=3600", await SendAsync("janedoe@example.com"));
        Assert.Equal("\"hour\";r=4;t=3600", await SendAsync("+tag@example.com"));
        Assert.Equal("\"hour\";r=4;t=3600", await SendAsync("+other@example.com"));

        Assert.Equal("\"hour\";r=4;t=3600", await SendAsync("jane.doe+a@gmail.com", TestGateway.Globex));
        Assert.Equal("\"hour\";r=3;t=3600", await SendAsync("jane.doe@gmail.com", TestGateway.Globex));
        Assert.Equal("\"hour\";r=4;t=3600", await SendAsync("janedoe@gmail.com", TestGateway.Globex));
        Assert.Equal("\"hour\";r=4;t=3600", await SendAsync("jane.doe@googlemail.com", TestGateway.Globex));
    }

    [Fact]
    public async Task Operator_finds_and_forgets_the_mailbox_by_any_alias()
    {
        await Gateway.SendAsync(Spellings[4]);

        Assert.Equal(1, (await AdminAsync("inspect", Spellings[2])).Json.GetProperty("codes").GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await AdminAsync("erase", Spellings[7])).Status);
        Assert.Equal(0, (await AdminAsync("inspect", Spellings[4])).Json.GetProperty("codes").GetArrayLength());
    }

    [Fact]
    public async Task Idempotency_key_names_a_send_to_one_alias()
    {
        Assert.Equal(HttpStatusCode.OK, (await Gateway.SendAsync("janedoe+a@gmail.com", idempotencyKey: "order-1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Gateway.SendAsync("janedoe+a@gmail.com", idempotencyKey: "order-1")).Status);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Gateway.SendAsync("janedoe+b@gmail.com", idempotencyKey: "order-1")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Gateway.SendAsync("janedoe@gmail.com", idempotencyKey: "order-1")).Status);
    }

    [Fact]
    public async Task Every_alias_of_a_test_target_is_one()
    {
        Assert.Equal("135790", await Gateway.SendCodeAsync("reviewteam@gmail.com"));

        Assert.Equal(HttpStatusCode.OK, (await Gateway.VerifyAsync("review.team@googlemail.com", "135790")).Status);
        Assert.Empty(await ReceiversAsync());
    }

    [Fact]
    public async Task Member_is_found_by_any_alias_and_gets_the_message_at_the_address_as_registered()
    {
        var reference = LoyalifeService.NewReference();
        Assert.Equal(HttpStatusCode.Created, (await _service.PutMemberAsync(reference, "jane.doe+club@gmail.com")).Status);

        LoyalifeService.AssertDone(await _service.GenerateAsync("janedoe@googlemail.com"));
        var code = await _service.LatestCodeAsync("jane.doe+club@gmail.com");

        LoyalifeService.AssertDone(await _service.VerifyAsync(reference, code!, suffix: LoyalifeService.ByReference));
        Assert.Equal(HttpStatusCode.Conflict, (await _service.PutMemberAsync(LoyalifeService.NewReference(), "janedoe@gmail.com")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _service.PutMemberAsync(reference, "janedoe@gmail.com")).Status);
        LoyalifeService.AssertDone(await _service.GenerateAsync("jane.doe@gmail.com"));
        Assert.NotNull(await _service.LatestCodeAsync("janedoe@gmail.com"));
    }

    [Fact]
    public async Task Aliases_do_not_tell_who_is_registered()
    {
        await _service.PutMemberAsync(LoyalifeService.NewReference(), "jane.doe@gmail.com");

        var registered = await LimitsAsync("jane.doe@gmail.com", "janedoe+1@gmail.com");
        var unregistered = await LimitsAsync("john.roe@gmail.com", "johnroe+1@gmail.com");

        Assert.Equal(["\"hour\";r=4;t=3600", "\"hour\";r=3;t=3600"], registered);
        Assert.Equal(registered, unregistered);
    }

    [Fact]
    public async Task Anyone_who_may_have_a_code_has_one_mailbox()
    {
        Assert.Equal(
            ["\"hour\";r=4;t=3600", "\"hour\";r=3;t=3600"],
            await LimitsAsync("jane.doe@gmail.com", "janedoe+1@gmail.com", LoyalifeService.OpenClient));
        Assert.NotNull(await _service.LatestCodeAsync("janedoe+1@gmail.com"));
    }

    private async Task<string?> SendAsync(string target, string client = TestGateway.Acme) => (await Gateway.SendAsync(target, client)).Header("RateLimit");

    private async Task<string[]> LimitsAsync(string first, string second, string client = LoyalifeService.Client) =>
        [(await _service.GenerateAsync(first, client: client)).Header("RateLimit")!, (await _service.GenerateAsync(second, client: client)).Header("RateLimit")!];

    private async Task<IReadOnlyList<string>> ReceiversAsync() =>
        [.. (await Gateway.GetAsync("/dev/inbox")).Json.EnumerateArray().Select(message => message.GetProperty("to").GetString()!)];

    private Task<Answer> AdminAsync(string act, string target) =>
        _service.AdminAsync(HttpMethod.Post, $"/admin/targets/{act}", new JsonObject { ["target"] = target }, TestGateway.AcmeAdmin);
}
