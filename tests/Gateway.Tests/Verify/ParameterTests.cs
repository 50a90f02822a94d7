using System.Net;
using Otp.Delivery;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Each parameter that the page of the API lists: what is done with it, and how a wrong value is refused. A refusal counts nothing.</summary>
public sealed class ParameterTests(VerifyFixture fixture)
{
    private static readonly string[] Done =
        ["To", "Channel", "Locale", "CustomFriendlyName", "CustomCode", "Amount", "Payee", "Code", "VerificationSid", "Status"];

    private static readonly string[] Hints = ["Tags", "DeviceIp", "RiskCheck"];

    private static readonly string[] Refused =
    [
        "RateLimits", "ChannelConfiguration", "AppHash", "SendDigits", "TemplateSid", "TemplateCustomSubstitutions", "Templates", "EnableSnaClientToken",
    ];

    private readonly VerifyGateway _gateway = fixture.Gateway;

    [Fact]
    public void Page_lists_the_parameters_that_are_tested()
    {
        var listed = VerifyPage.Rows("parameter").Select(row => row.Key).ToList();

        Assert.Equal([.. Done, .. Hints, "CustomMessage", .. Refused], listed);
    }

    [Fact]
    public async Task Page_lists_the_channels_and_each_is_there()
    {
        var listed = VerifyPage.Rows("channel").Select(row => row.Key).ToList();

        Assert.Equal(["sms", "email", "call", "whatsapp"], listed);
        foreach (var channel in listed)
        {
            var to = channel == "email" ? Harness.TestGateway.NewTarget() : VerifyGateway.NewPhone();
            var answer = await _gateway.StartAsync(to, more: ("Channel", channel));
            Assert.Equal((HttpStatusCode.Created, channel), (answer.Status, answer.Text("channel")));
        }
    }

    [Theory]
    [InlineData("To", "")]
    [InlineData("To", "jane@localhost")]
    [InlineData("To", "+44")]
    [InlineData("To", "jane@example.com")]
    [InlineData("Channel", "")]
    [InlineData("Channel", "email")]
    [InlineData("Channel", "sna")]
    [InlineData("Channel", "auto")]
    [InlineData("Channel", "rcs")]
    [InlineData("Channel", "SMS")]
    [InlineData("Locale", "p")]
    [InlineData("Locale", "pt-BR-and-much-more-than-a-tag-can-be")]
    [InlineData("CustomFriendlyName", "a name that is longer than thirty letters")]
    [InlineData("CustomCode", "123")]
    [InlineData("CustomCode", "12345678901")]
    [InlineData("CustomCode", "12ab56")]
    [InlineData("Tags", "[]")]
    [InlineData("Tags", "{")]
    [InlineData("Tags", """{"a":1}""")]
    [InlineData("Tags", """{"a":"\ud800"}""")]
    [InlineData("Tags", """{"1":"","2":"","3":"","4":"","5":"","6":"","7":"","8":"","9":"","10":"","11":""}""")]
    [InlineData("DeviceIp", "here")]
    [InlineData("RiskCheck", "perhaps")]
    [InlineData("EnableSnaClientToken", "perhaps")]
    public async Task Wrong_value_is_refused_by_name_and_counts_nothing(string name, string value)
    {
        var to = VerifyGateway.NewPhone();
        await _gateway.StartAsync(to);

        var answer = await _gateway.StartAsync(to, more: (name, value));

        var named = name == "Channel" && value == "email" ? "To" : name;
        VerifyGateway.AssertError(answer, HttpStatusCode.BadRequest, 60200, $"Invalid parameter: {named}");
        Assert.Equal(1, await _gateway.CountedAsync(to));
    }

    [Theory]
    [InlineData("Code", "")]
    [InlineData("Code", "123")]
    [InlineData("Code", "12345678901")]
    [InlineData("Code", "12345a")]
    [InlineData("VerificationSid", "VE1")]
    [InlineData("VerificationSid", "VA00000000000000000000000000000031")]
    [InlineData("To", "nobody")]
    public async Task Wrong_value_of_a_check_costs_no_attempt(string name, string value)
    {
        var to = VerifyGateway.NewPhone();
        var (_, code) = await _gateway.SendCodeAsync(to);
        for (var i = 0; i < 6; i++)
        {
            var answer = await _gateway.CheckAsync(to, code, more: (name, value));
            VerifyGateway.AssertError(answer, HttpStatusCode.BadRequest, 60200, $"Invalid parameter: {name}");
        }

        Assert.Equal("approved", (await _gateway.CheckAsync(to, code)).Text("status"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pending")]
    [InlineData("expired")]
    public async Task Other_status_is_refused(string status)
    {
        var to = VerifyGateway.NewPhone();
        await _gateway.StartAsync(to);

        VerifyGateway.AssertError(await _gateway.UpdateAsync(to, status), HttpStatusCode.BadRequest, 60200, "Invalid parameter: Status");
        Assert.Equal("pending", (await _gateway.FetchAsync(to)).Text("status"));
    }

    [Theory]
    [InlineData("RateLimits", """{"ip":"203.0.113.7"}""")]
    [InlineData("ChannelConfiguration", """{"from":"otp@example.com"}""")]
    [InlineData("AppHash", "He42w354ol9")]
    [InlineData("SendDigits", "1928")]
    [InlineData("TemplateSid", "HJ00000000000000000000000000000000")]
    [InlineData("TemplateCustomSubstitutions", "{}")]
    [InlineData("Templates", "[]")]
    [InlineData("EnableSnaClientToken", "true")]
    public async Task What_is_not_done_is_refused_and_counts_nothing(string name, string value)
    {
        var to = VerifyGateway.NewPhone();

        VerifyGateway.AssertError(await _gateway.StartAsync(to, more: (name, value)), HttpStatusCode.Forbidden, 60204);
        Assert.Equal(0, await _gateway.CountedAsync(to));
    }

    [Theory]
    [InlineData("Tags", """{"order":"17"}""")]
    [InlineData("DeviceIp", "203.0.113.7")]
    [InlineData("DeviceIp", "2001:db8::1")]
    [InlineData("RiskCheck", "disable")]
    [InlineData("EnableSnaClientToken", "false")]
    [InlineData("Unknown", "anything")]
    public async Task Hint_changes_nothing(string name, string value) =>
        Assert.Equal(HttpStatusCode.Created, (await _gateway.StartAsync(VerifyGateway.NewPhone(), more: (name, value))).Status);

    [Fact]
    public async Task What_a_service_does_not_allow_is_refused()
    {
        var to = VerifyGateway.NewPhone();
        foreach (var (name, value) in new[] { ("CustomCode", "1234"), ("CustomFriendlyName", "Other"), ("Amount", "1 EUR"), ("Payee", "Acme") })
        {
            VerifyGateway.AssertError(await _gateway.StartAsync(to, VerifyGateway.Plain, more: (name, value)), HttpStatusCode.Forbidden, 60204);
        }
    }

    [Fact]
    public async Task Friendly_name_stands_for_the_programs_in_this_message()
    {
        var to = VerifyGateway.NewPhone();
        await _gateway.StartAsync(to, more: ("CustomFriendlyName", "Acme\nTools"));
        await _gateway.StartAsync(to);

        var messages = await _gateway.MessagesAsync(to);

        Assert.Contains("Acme Tools", messages[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locale_chooses_the_template()
    {
        await using var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Programs:31:Templates:default:Phone:pt:Text"] = "Código: {{code}}" });
        var to = VerifyGateway.NewPhone();
        await gateway.StartAsync(to, more: ("Locale", "pt_BR"));

        Assert.StartsWith("Código: ", (await gateway.MessagesAsync(to))[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+44 7700 900{0}")]
    [InlineData("07700 900{0}")]
    [InlineData("tel:+44-7700-900{0}")]
    public async Task To_is_read_as_on_the_other_APIs(string written)
    {
        var digits = $"{Random(100, 999)}";

        var answer = await _gateway.StartAsync(written.Replace("{0}", digits, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.Created, $"+447700900{digits}"), (answer.Status, answer.Text("to")));
    }

    [Theory]
    [InlineData("call")]
    [InlineData("whatsapp")]
    public async Task Other_channels_go_to_the_provider_that_carries_them(string channel)
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var gateway = await VerifyGateway.StartAsync(
            new()
            {
                ["Otp:Delivery:Twilio:sms:AccountSid"] = VerifyGateway.Account,
                ["Otp:Delivery:Twilio:sms:AuthToken"] = "token",
                ["Otp:Delivery:Twilio:sms:From"] = "+447700900000",
                ["Otp:Delivery:Webhook:voice:Url"] = endpoint.Address,
                ["Otp:Delivery:Webhook:voice:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                ["Otp:Programs:31:Delivery:Phone:0"] = "sms",
                ["Otp:Programs:31:Delivery:Phone:1"] = "voice",
            });

        var answer = await gateway.StartAsync(VerifyGateway.NewPhone(), more: ("Channel", channel));

        Assert.Equal((HttpStatusCode.Created, channel), (answer.Status, answer.Text("channel")));
        using var delivered = System.Text.Json.JsonDocument.Parse((await endpoint.ReceiveAsync()).Body);
        Assert.Equal(channel, delivered.RootElement.GetProperty("data").GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Code_is_read_as_people_paste_it()
    {
        var to = VerifyGateway.NewPhone();
        var (_, code) = await _gateway.SendCodeAsync(to);

        Assert.Equal("approved", (await _gateway.CheckAsync(to, $"{code[..3]} {code[3..]}\u200B")).Text("status"));
    }

    private static int Random(int least, int most) => System.Security.Cryptography.RandomNumberGenerator.GetInt32(least, most);
}
