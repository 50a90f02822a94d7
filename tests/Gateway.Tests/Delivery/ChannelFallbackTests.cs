using System.Net;
using Microsoft.AspNetCore.Http;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;
using Otp.Gateway.Tests.Verify;

namespace Otp.Gateway.Tests.Delivery;

/// <summary>A call after two SMS, as a program orders it, on each of the surfaces, with a Twilio on loopback.</summary>
public sealed class ChannelFallbackTests : IAsyncLifetime
{
    private LoopbackEndpoint _twilio = null!;

    public async ValueTask InitializeAsync() => _twilio = await LoopbackEndpoint.StartAsync(static async (http, _) =>
    {
        http.Response.StatusCode = 201;
        await http.Response.WriteAsync("""{"status":"queued","error_code":null}""");
    });

    public ValueTask DisposeAsync() => _twilio.DisposeAsync();

    [Fact]
    public async Task LoyaltyDog()
    {
        await using var gateway = await TestGateway.StartAsync(Settings("acme"));
        var phone = VerifyGateway.NewPhone();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(phone)).Status);
        }

        Assert.Equal(["Messages", "Messages", "Calls", "Calls"], await TravelledAsync(4));
    }

    [Fact]
    public async Task Loyalife()
    {
        await using var service = await LoyalifeService.StartAsync(Settings("7"));
        var reference = LoyalifeService.NewReference();
        Assert.Equal(HttpStatusCode.Created, (await service.PutMemberAsync(reference, email: null, VerifyGateway.NewPhone())).Status);
        for (var i = 0; i < 3; i++)
        {
            LoyalifeService.AssertDone(await service.GenerateAsync(reference, suffix: LoyalifeService.ByReference));
        }

        Assert.Equal(["Messages", "Messages", "Calls"], await TravelledAsync(3));
    }

    [Fact]
    public async Task Verify_where_the_caller_asks_for_sms_and_what_it_is_told()
    {
        await using var gateway = await VerifyGateway.StartAsync(Settings("31"));
        var phone = VerifyGateway.NewPhone();
        await gateway.StartAsync(phone);
        await gateway.StartAsync(phone, more: ("Channel", "whatsapp"));
        var third = await gateway.StartAsync(phone);

        Assert.Equal((HttpStatusCode.Created, "call"), (third.Status, third.Text("channel")));
        Assert.Equal(["SMS", "WHATSAPP", "CALL"], third.Json.GetProperty("send_code_attempts").EnumerateArray().Select(attempt => attempt.GetProperty("channel").GetString()!));
        Assert.Equal(["Messages", "Messages", "Calls"], await TravelledAsync(3));
    }

    private Dictionary<string, string> Settings(string program) => new(StringComparer.Ordinal)
    {
        ["Otp:Delivery:Twilio:sms:AccountSid"] = "AC0123456789abcdef0123456789abcdef",
        ["Otp:Delivery:Twilio:sms:AuthToken"] = "token",
        ["Otp:Delivery:Twilio:sms:From"] = "+15005550006",
        ["Otp:Delivery:Twilio:sms:CallFrom"] = "+15005550006",
        ["Otp:Delivery:Twilio:sms:WhatsAppFrom"] = "+15005550006",
        ["Otp:Delivery:Twilio:sms:BaseAddress"] = _twilio.Address,
        [$"Otp:Programs:{program}:Delivery:Phone:0"] = "sms",
        [$"Otp:Programs:{program}:Policy:Fallback:0"] = "Sms",
        [$"Otp:Programs:{program}:Policy:Fallback:1"] = "Sms",
        [$"Otp:Programs:{program}:Policy:Fallback:2"] = "Call",
    };

    private async Task<IReadOnlyList<string>> TravelledAsync(int count)
    {
        var resources = new List<string>();
        for (var i = 0; i < count; i++)
        {
            resources.Add((await _twilio.ReceiveAsync()).Path.Split('/')[^1].Split('.')[0]);
        }

        return resources;
    }
}
