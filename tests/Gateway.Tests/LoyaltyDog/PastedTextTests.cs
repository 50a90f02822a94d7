using System.Net;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

/// <summary>Addresses, numbers and codes as they come out of messages, documents and address books.</summary>
public sealed class PastedTextTests(PastedTextTests.Service service) : IClassFixture<PastedTextTests.Service>
{
    private const string Number = "+442079460114";

    private readonly TestGateway _gateway = service.Gateway;

    [Theory]
    [InlineData("\u202A+442079460114\u202C", "+442079460114")]
    [InlineData("+4420794\u200B60114", "+442079460114")]
    [InlineData("\uFEFF+442079460114", "+442079460114")]
    [InlineData("+44207946\u00AD0114\t", "+442079460114")]
    [InlineData("+33\u202F6\u202F12\u202F34\u202F56\u202F78", "+33612345678")]
    [InlineData("+33\u00A06\u00A012\u00A034\u00A056\u00A078", "+33612345678")]
    [InlineData("+٤٤٢٠٧٩٤٦٠١١٥", "+442079460115")]
    [InlineData("＋４４２０７９４６０１１５", "+442079460115")]
    [InlineData("+49 30/12345678", "+493012345678")]
    [InlineData("+421 2/212 331 18", "+421221233118")]
    [InlineData("+44 20\u22127946\u22120116", "+442079460116")]
    [InlineData("tel:+442079460117", "+442079460117")]
    [InlineData("\u200Bjane@example.com", "jane@example.com")]
    [InlineData("jane@\u200Bexample.com", "jane@example.com")]
    public Task Target_is_the_one_that_is_seen(string pasted, string canonical) => AssertReadAsync(pasted, canonical, TestGateway.Acme);

    [Theory]
    [InlineData("4915123456789", "+4915123456789", TestGateway.Globex)]
    [InlineData("011 44 20 7946 0018", "+442079460018", TestGateway.Mute)]
    [InlineData("+5215512345678", "+525512345678", TestGateway.Mute)]
    public Task Number_is_the_one_that_is_meant_in_the_programs_region(string written, string canonical, string client) => AssertReadAsync(written, canonical, client);

    [Theory]
    [InlineData("594410")]
    [InlineData("594410 ")]
    [InlineData("594 410")]
    [InlineData("594-410")]
    [InlineData("۵۹۴۴۱۰")]
    [InlineData("٥٩٤٤١٠")]
    [InlineData("５９４４１０")]
    [InlineData("594\u202F410\r\n")]
    [InlineData("\u2066594\u2011410\u2069")]
    [InlineData("[594.410]")]
    public async Task Code_is_the_one_that_is_seen(string pasted)
    {
        Assert.Equal("594410", await _gateway.SendCodeAsync(Number));

        Assert.Equal(HttpStatusCode.OK, (await _gateway.VerifyAsync(Number, pasted)).Status);
    }

    [Fact]
    public async Task Spellings_of_one_code_are_one_payload()
    {
        var code = await _gateway.SendCodeAsync(Number);
        var first = await _gateway.VerifyAsync(Number, code, idempotencyKey: "pasted");
        var repeat = await _gateway.VerifyAsync("020 7946 0114", $" {code[..3]} {code[3..]}", idempotencyKey: "pasted");

        Assert.Equal((HttpStatusCode.OK, first.Body), (repeat.Status, repeat.Body));
    }

    /// <summary>Programs in three regions, one with a target whose code is known and that may be asked for often.</summary>
    public sealed class Service : IAsyncLifetime
    {
        public TestGateway Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:Programs:acme:Policy:Windows:0:Name"] = "hour",
            ["Otp:Programs:acme:Policy:Windows:0:Limit"] = "1000",
            ["Otp:Programs:acme:Policy:Windows:0:Period"] = "01:00:00",
            ["Otp:Programs:acme:TestTargets:0:Target"] = Number,
            ["Otp:Programs:acme:TestTargets:0:Code"] = "594410",
            ["Otp:Programs:acme:TestTargets:0:ExpiresOn"] = "2026-01-31",
            ["Otp:Programs:globex:DefaultRegion"] = "DE",
            ["Otp:Programs:mute:DefaultRegion"] = "US",
        });

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }

    private async Task AssertReadAsync(string written, string canonical, string client)
    {
        var sent = await _gateway.PostAsync(TestGateway.SendPath, new JsonObject { ["target"] = written }.ToJsonString(), client);
        Assert.Equal(HttpStatusCode.OK, sent.Status);

        var verified = await _gateway.VerifyAsync(written, sent.Text("mockCode"), client);

        Assert.Equal(canonical, verified.Text("verifiedTarget"));
    }
}
