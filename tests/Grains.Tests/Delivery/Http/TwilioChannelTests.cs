using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Calls, WhatsApp messages and status callbacks by Twilio's API.</summary>
public sealed class TwilioChannelTests
{
    private const string Account = "AC0123456789abcdef0123456789abcdef";
    private const string Caller = "+15005550001";
    private const string WhatsApp = "+15005550002";
    private const string Template = "HX0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Call_is_made_with_a_script_that_spells_the_code_three_times()
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api);

        var result = await AskAsync(delivery, TestMessages.Call(TestProgram.Named("Müller & Söhne <i>")));

        Assert.Equal(DeliveryResult.Accepted, result);
        var request = await api.ReceiveAsync();
        Assert.Equal(("POST", $"/2010-04-01/Accounts/{Account}/Calls.json"), (request.Method, request.Path));
        Assert.Equal(["From", "To", "Twiml"], request.Form.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((Caller, "+442079460018"), (request.Form["From"], request.Form["To"]));
        var script = XElement.Parse(request.Form["Twiml"]);
        Assert.Equal("Response", script.Name);
        var said = script.Elements("Say").ToList();
        Assert.Equal(3, said.Count);
        Assert.All(said, say => Assert.Equal(("en-US", "Your Müller & Söhne <i> code is: 2, 7, 1, 8, 2, 8."), (say.Attribute("language")!.Value, say.Value)));
        Assert.Equal(3, script.Elements("Pause").Count());
    }

    [Theory]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData("pt", "pt-BR")]
    [InlineData("de", "de-DE")]
    [InlineData("en-gb", "en-GB")]
    [InlineData("zh-hant-tw", "zh-TW")]
    [InlineData("xx", "xx")]
    public async Task Script_is_said_by_a_voice_of_the_templates_language(string template, string voice)
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api);
        var program = TestProgram.Of(own => own.Templates["default"] = new() { Call = { [template] = new() { Text = "Código {{code}}" } } });

        await AskAsync(delivery, TestMessages.Call(program, template));

        var say = XElement.Parse((await api.ReceiveAsync()).Form["Twiml"]).Elements("Say").First();
        Assert.Equal((voice, "Código 2, 7, 1, 8, 2, 8"), (say.Attribute("language")!.Value, say.Value));
    }

    [Fact]
    public async Task WhatsApp_message_has_its_own_sender_and_is_the_text()
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api);
        var message = delivery.Sms() with { Via = VerificationChannel.WhatsApp, Sender = "Demo Shop" };

        await AskAsync(delivery, message);

        var request = await api.ReceiveAsync();
        Assert.EndsWith("/Messages.json", request.Path, StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["To"] = "whatsapp:+442079460018",
                ["From"] = $"whatsapp:{WhatsApp}",
                ["Body"] = message.Text,
                ["ValidityPeriod"] = "300",
            },
            request.Form);
    }

    [Fact]
    public async Task WhatsApp_message_is_made_of_a_template_where_there_is_one()
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api, twilio => twilio.WhatsAppContentSid = Template);

        await AskAsync(delivery, delivery.Sms() with { Via = VerificationChannel.WhatsApp });

        var form = (await api.ReceiveAsync()).Form;
        Assert.Equal((Template, """{"1":"271828"}"""), (form["ContentSid"], form["ContentVariables"]));
        Assert.False(form.ContainsKey("Body"));
    }

    [Theory]
    [InlineData(VerificationChannel.Call)]
    [InlineData(VerificationChannel.WhatsApp)]
    public async Task Account_without_a_sender_for_a_channel_leaves_it_to_the_next_provider(VerificationChannel channel)
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api, twilio => (twilio.CallFrom, twilio.WhatsAppFrom) = (null, null));

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.NotConfigured), await AskAsync(delivery, delivery.Sms() with { Via = channel }));
        Assert.Equal(0, api.Count);
    }

    [Theory]
    [InlineData(VerificationChannel.Sms)]
    [InlineData(VerificationChannel.WhatsApp)]
    [InlineData(VerificationChannel.Call)]
    public async Task Callback_is_asked_for_at_an_address_of_the_messages_own(VerificationChannel channel)
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api);

        var result = await AskAsync(delivery, (delivery.Sms() with { Via = channel }).Reporting());

        Assert.Equal(DeliveryResult.Queued, result);
        Assert.Matches($"^{TestReceipts.Root}/twilio/twilio/[A-Za-z0-9_-]+$", (await api.ReceiveAsync()).Form["StatusCallback"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Without_an_auth_token_that_could_check_it_no_callback_is_asked_for(string? authToken)
    {
        await using var api = await ApiAsync();
        await using var delivery = To(
            api, twilio => (twilio.ApiKeySid, twilio.ApiKeySecret, twilio.AuthToken) = ("SK0123456789abcdef0123456789abcdef", "secret", authToken));

        Assert.Equal(DeliveryResult.Accepted, await AskAsync(delivery, delivery.Sms().Reporting()));
        Assert.False((await api.ReceiveAsync()).Form.ContainsKey("StatusCallback"));
    }

    private static Task<DeliveryResult> AskAsync(DeliveryFixture delivery, Message message) =>
        delivery.AskAsync("twilio", message, TestContext.Current.CancellationToken);

    private static Task<LoopbackEndpoint> ApiAsync() => LoopbackEndpoint.StartAsync(static async (http, _) =>
    {
        http.Response.StatusCode = 201;
        await http.Response.WriteAsync("""{"status":"queued","error_code":null}""");
    });

    private static DeliveryFixture To(LoopbackEndpoint api, Action<TwilioOptions>? configure = null) => new(options =>
    {
        options.Phone = ["twilio"];
        var twilio = options.Twilio["twilio"] = new TwilioOptions
        {
            AccountSid = Account,
            AuthToken = "token",
            From = "+15005550006",
            CallFrom = Caller,
            WhatsAppFrom = WhatsApp,
            BaseAddress = api.Address,
        };
        configure?.Invoke(twilio);
    });
}
