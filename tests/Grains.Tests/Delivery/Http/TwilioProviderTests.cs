using System.Text;
using Microsoft.AspNetCore.Http;

namespace Otp.Delivery;

public sealed class TwilioProviderTests
{
    private const string Account = "AC0123456789abcdef0123456789abcdef";
    private const string Key = "SK0123456789abcdef0123456789abcdef";
    private const string Service = "MG0123456789abcdef0123456789abcdef";
    private const string Token = "twilio-token-canary";

    [Fact]
    public async Task An_sms_is_posted_as_a_form_with_the_accounts_credentials()
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api);
        var message = delivery.Sms();

        Assert.Equal("twilio", (await delivery.DeliverAsync(message)).Provider);

        var request = await api.ReceiveAsync();
        Assert.Equal(("POST", $"/2010-04-01/Accounts/{Account}/Messages.json"), (request.Method, request.Path));
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.StartsWith("Orleans.Otp/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal($"{Account}:{Token}", Credentials(request));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["To"] = "+442079460018",
                ["From"] = "+15005550006",
                ["Body"] = message.Text,
                ["ValidityPeriod"] = "300",
            },
            request.Form);
    }

    [Fact]
    public async Task An_api_key_takes_the_auth_tokens_place()
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api, twilio => (twilio.ApiKeySid, twilio.ApiKeySecret, twilio.AuthToken) = (Key, Token, null));
        await delivery.DeliverAsync(delivery.Sms());

        var request = await api.ReceiveAsync();
        Assert.Equal($"{Key}:{Token}", Credentials(request));
        Assert.Contains(Account, request.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_messaging_service_takes_the_senders_place()
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api, twilio => (twilio.From, twilio.MessagingServiceSid) = (null, Service));
        await delivery.DeliverAsync(delivery.Sms());

        var form = (await api.ReceiveAsync()).Form;
        Assert.Equal(Service, form["MessagingServiceSid"]);
        Assert.False(form.ContainsKey("From"));
    }

    [Fact]
    public async Task The_programs_sender_takes_the_accounts_place()
    {
        await using var api = await ApiAsync();
        await using var delivery = To(api);
        await delivery.DeliverAsync(delivery.Sms() with { Sender = "Demo Shop" });

        Assert.Equal("Demo Shop", (await api.ReceiveAsync()).Form["From"]);
    }

    [Theory]
    [InlineData(401, 20003, DeliveryFailure.AuthenticationFailed)]
    [InlineData(403, 30002, DeliveryFailure.AuthenticationFailed)]
    [InlineData(400, 21211, DeliveryFailure.RecipientUnreachable)]
    [InlineData(400, 21614, DeliveryFailure.RecipientUnreachable)]
    [InlineData(400, 21635, DeliveryFailure.RecipientUnreachable)]
    [InlineData(400, 30005, DeliveryFailure.RecipientUnreachable)]
    [InlineData(400, 21612, DeliveryFailure.RecipientRefused)]
    [InlineData(403, 21408, DeliveryFailure.RecipientRefused)]
    [InlineData(400, 21610, DeliveryFailure.RecipientUnsubscribed)]
    [InlineData(400, 21606, DeliveryFailure.Rejected)]
    [InlineData(400, 30007, DeliveryFailure.Rejected)]
    [InlineData(400, 21611, DeliveryFailure.Unavailable)]
    [InlineData(404, 20404, DeliveryFailure.Rejected)]
    [InlineData(400, 99999, DeliveryFailure.Rejected)]
    internal async Task An_error_is_told_by_its_number(int status, int code, DeliveryFailure failure)
    {
        await using var api = await ApiAsync(status, $$"""{"code":{{code}},"message":"no","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}""");
        await using var delivery = To(api);

        Assert.Equal(DeliveryResult.Refused(failure), await AskAsync(delivery));
        Assert.Equal(1, api.Count);
    }

    [Theory]
    [InlineData("""{"status":"failed","error_code":30005}""", DeliveryFailure.RecipientUnreachable)]
    [InlineData("""{"status":"undelivered","error_code":null}""", DeliveryFailure.Rejected)]
    [InlineData("<html>welcome to the hotel</html>", DeliveryFailure.ProtocolError)]
    [InlineData("", DeliveryFailure.ProtocolError)]
    internal async Task A_success_that_is_none_is_a_refusal(string body, DeliveryFailure failure)
    {
        await using var api = await ApiAsync(201, body);
        await using var delivery = To(api);

        Assert.Equal(DeliveryResult.Refused(failure), await AskAsync(delivery));
    }

    [Fact]
    public async Task Throttling_is_waited_out_as_long_as_asked()
    {
        await using var api = await LoopbackEndpoint.StartAsync(async (http, before) =>
        {
            http.Response.StatusCode = before == 0 ? 429 : 201;
            http.Response.Headers.RetryAfter = "2";
            await http.Response.WriteAsync(before == 0 ? """{"code":20429,"status":429}""" : """{"status":"queued","error_code":null}""");
        });
        await using var delivery = To(api);

        var delivering = delivery.DeliverAsync(delivery.Sms());
        await delivery.Time.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        delivery.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.True((await delivering).IsDelivered);
        Assert.Equal(2, api.Count);
    }

    [Fact]
    public async Task Nobody_else_is_asked_for_a_person_who_unsubscribed_or_a_number_that_does_not_exist()
    {
        var codes = new Queue<int>([21610, 21211, 21614]);
        await using var api = await LoopbackEndpoint.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync($$"""{"code":{{codes.Dequeue()}},"status":400}""");
        });
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = To(api, providers: second);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unreachable, "twilio"), await delivery.DeliverAsync(delivery.Sms()));
        }

        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task A_number_that_one_provider_refuses_another_may_reach()
    {
        await using var api = await ApiAsync(400, """{"code":21612,"status":400}""");
        await using var delivery = To(api, providers: ScriptedProvider.Accepting("second"));

        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Sms())).Provider);
    }

    [Fact]
    public async Task No_number_no_code_and_no_token_is_logged()
    {
        await using var api = await LoopbackEndpoint.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("""{"code":21211,"message":"The 'To' number +442079460018 is not valid: 271828","status":400}""");
        });
        await using var delivery = To(api);
        await delivery.DeliverAsync(delivery.Sms());

        Assert.Contains(delivery.Log.Lines, line => line.Contains("RecipientUnreachable", StringComparison.Ordinal));
        Assert.All(delivery.Log.Lines, line => Assert.DoesNotMatch("2079460018|271828|canary", line));
    }

    private static Task<DeliveryResult> AskAsync(DeliveryFixture delivery) =>
        delivery.AskAsync("twilio", delivery.Sms(), TestContext.Current.CancellationToken);

    private static Task<LoopbackEndpoint> ApiAsync(int status = 201, string body = """{"status":"queued","error_code":null}""") =>
        LoopbackEndpoint.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(body);
        });

    private static string Credentials(ReceivedRequest request) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers["Authorization"]["Basic ".Length..]));

    private static DeliveryFixture To(LoopbackEndpoint api, Action<TwilioOptions>? configure = null, params IDeliveryProvider[] providers) => new(
        options =>
        {
            options.Phone = ["twilio", .. providers.Select(provider => provider.Name)];
            var twilio = options.Twilio["twilio"] = new TwilioOptions
            {
                AccountSid = Account,
                AuthToken = Token,
                From = "+15005550006",
                BaseAddress = api.Address,
            };
            configure?.Invoke(twilio);
        },
        providers);
}
