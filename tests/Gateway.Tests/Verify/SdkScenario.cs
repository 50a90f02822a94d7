using System.Security.Cryptography;
using System.Text.Json;
using Twilio.Exceptions;

namespace Otp.Gateway.Tests.Verify;

/// <summary>What every SDK has to do on every topology, as the demo program: the same calls, and the same of their answers.</summary>
internal sealed class SdkScenario : IDisposable
{
    private const string Nobody = "VE00000000000000000000000000000000";

    private readonly ITwilioSdk _sdk;
    private readonly HttpClient _inbox;

    private SdkScenario(ITwilioSdk sdk, Uri gateway)
    {
        _sdk = sdk;
        _inbox = new HttpClient { BaseAddress = gateway };
    }

    /// <summary>Sends, checks, fetches, approves and cancels, and reads what the SDK makes of refusals.</summary>
    /// <param name="sdk">The SDK.</param>
    /// <param name="gateway">A gateway whose inbox holds the messages.</param>
    public static async Task RunAsync(ITwilioSdk sdk, Uri gateway)
    {
        using var scenario = new SdkScenario(sdk, gateway);
        await scenario.ServiceTellsItselfAsync();
        await scenario.CodeIsWrongThenRightAsync();
        await scenario.MailIsCheckedBySidAsync();
        await scenario.CanceledCodeIsGoneAsync();
        await scenario.CallerApprovesAsync();
        await scenario.GuessesRunOutAsync();
        await scenario.SendsRunOutAsync();
        await scenario.RefusalsHaveTheirNumbersAsync();
    }

    public void Dispose() => _inbox.Dispose();

    private async Task ServiceTellsItselfAsync() =>
        Assert.Equal(new SdkService(TwilioDemo.Service, TwilioDemo.Account, "demo", 6), await _sdk.FetchServiceAsync());

    private async Task CodeIsWrongThenRightAsync()
    {
        var to = NewPhone();

        var started = await _sdk.StartAsync(to, "sms");
        var bySid = await _sdk.FetchAsync(started.Sid);
        var byTarget = await _sdk.FetchAsync(to);
        var code = await CodeAsync(to);
        var wrong = await _sdk.CheckAsync(WrongFor(code), to);
        var right = await _sdk.CheckAsync(code, to);

        Assert.Equal((TwilioDemo.Service, TwilioDemo.Account, to, "sms"), (started.ServiceSid, started.AccountSid, started.To, started.Channel));
        Assert.Equal(("pending", false, started.DateCreated), (started.Status, started.Valid, started.DateUpdated));
        Assert.EndsWith($"/v2/Services/{TwilioDemo.Service}/Verifications/{started.Sid}", started.Url, StringComparison.Ordinal);
        var attempt = Assert.Single(started.SendCodeAttempts);
        Assert.Equal(("SMS", started.DateCreated), (attempt.Channel, attempt.Time.AddTicks(-(attempt.Time.Ticks % TimeSpan.TicksPerSecond))));
        Assert.StartsWith("VL", attempt.AttemptSid, StringComparison.Ordinal);
        Assert.All([bySid, byTarget], fetched => Assert.Equivalent(started with { Url = fetched.Url }, fetched, strict: true));
        Assert.Equal((started.Sid, to, "sms", "pending", false), (wrong.Sid, wrong.To, wrong.Channel, wrong.Status, wrong.Valid));
        Assert.Equal((started.Sid, to, "sms", "approved", true), (right.Sid, right.To, right.Channel, right.Status, right.Valid));
        Assert.Equal((TwilioDemo.Service, TwilioDemo.Account, started.DateCreated), (right.ServiceSid, right.AccountSid, right.DateCreated));
        await AssertGoneAsync($"Verifications/{started.Sid}", () => _sdk.FetchAsync(started.Sid));
        await AssertGoneAsync("VerificationCheck", () => _sdk.CheckAsync(code, to));
    }

    private async Task MailIsCheckedBySidAsync()
    {
        var to = $"{Digits(12)}@example.com";

        var started = await _sdk.StartAsync(to, "email", "en-GB");
        var fetched = await _sdk.FetchAsync(to);
        var right = await _sdk.CheckAsync(await CodeAsync(to), verificationSid: started.Sid);

        Assert.Equal((started.Sid, to, "email"), (fetched.Sid, fetched.To, fetched.Channel));
        Assert.Equal((started.Sid, to, "email", "approved"), (right.Sid, right.To, right.Channel, right.Status));
    }

    private async Task CanceledCodeIsGoneAsync()
    {
        var to = NewPhone();
        var started = await _sdk.StartAsync(to, "sms");
        var code = await CodeAsync(to);

        var canceled = await _sdk.UpdateAsync(started.Sid, "canceled");

        Assert.Equal((started.Sid, "canceled", false), (canceled.Sid, canceled.Status, canceled.Valid));
        await AssertGoneAsync("VerificationCheck", () => _sdk.CheckAsync(code, to));
        await AssertGoneAsync($"Verifications/{started.Sid}", () => _sdk.UpdateAsync(started.Sid, "canceled"));
    }

    private async Task CallerApprovesAsync()
    {
        var to = NewPhone();
        var started = await _sdk.StartAsync(to, "sms");

        var approved = await _sdk.UpdateAsync(to, "approved");

        Assert.Equal((started.Sid, "approved", true), (approved.Sid, approved.Status, approved.Valid));
        await AssertGoneAsync("Verifications", () => _sdk.FetchAsync(to));
    }

    private async Task GuessesRunOutAsync()
    {
        var to = NewPhone();
        var started = await _sdk.StartAsync(to, "sms");
        var code = await CodeAsync(to);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("pending", (await _sdk.CheckAsync(WrongFor(code), to)).Status);
        }

        await AssertRefusedAsync(429, 60202, "Max check attempts reached", () => _sdk.CheckAsync(code, to));
        Assert.Equal("max_attempts_reached", (await _sdk.FetchAsync(started.Sid)).Status);
    }

    private async Task SendsRunOutAsync()
    {
        var to = NewPhone();
        for (var i = 0; i < 5; i++)
        {
            await _sdk.StartAsync(to, "sms");
        }

        await AssertRefusedAsync(429, 60203, "Max send attempts reached", () => _sdk.StartAsync(to, "sms"));
    }

    private async Task RefusalsHaveTheirNumbersAsync()
    {
        await AssertRefusedAsync(400, 60200, "Invalid parameter: To", () => _sdk.StartAsync("nobody", "sms"));
        await AssertRefusedAsync(400, 60200, "Invalid parameter: Code", () => _sdk.CheckAsync("12", NewPhone()));
        await AssertRefusedAsync(400, 60221, "No target verification specified", () => _sdk.CheckAsync("123456"));
        await AssertRefusedAsync(400, 60223, "Delivery channel disabled", () => _sdk.StartAsync(NewPhone(), "call"));
        await AssertGoneAsync($"Verifications/{Nobody}", () => _sdk.FetchAsync(Nobody));
        await AssertGoneAsync("VerificationCheck", () => _sdk.CheckAsync("123456", NewPhone()));
        await AssertGoneAsync("VerificationCheck", () => _sdk.CheckAsync("123456", verificationSid: Nobody));
        await AssertRefusedAsync(401, 20003, "Authentication failed", () => _sdk.FetchServiceAsync("another token"));
    }

    // Backends look for these words. An address is not among them.
    private static Task AssertGoneAsync(string resource, Func<Task> call) =>
        AssertRefusedAsync(404, 20404, $"The requested resource /v2/Services/{TwilioDemo.Service}/{resource} was not found", call);

    private static async Task AssertRefusedAsync(int status, int code, string message, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<ApiException>(call);
        Assert.Equal((status, code), (refusal.Status, refusal.Code));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", refusal.MoreInfo);
    }

    private static string NewPhone() => $"+4477{Digits(8)}";

    private static string Digits(int count) => RandomNumberGenerator.GetString("0123456789", count);

    private static string WrongFor(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];

    // The newest first.
    private async Task<string> CodeAsync(string to)
    {
        using var inbox = JsonDocument.Parse(await _inbox.GetStringAsync("/dev/inbox", TestContext.Current.CancellationToken));
        return inbox.RootElement.EnumerateArray().First(message => message.GetProperty("to").GetString() == to).GetProperty("code").GetString()!;
    }
}
