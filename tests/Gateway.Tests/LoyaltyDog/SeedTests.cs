using System.Net;
using System.Text.Json;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

/// <summary>The page of the send call, line by line.</summary>
public sealed class SeedTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Maximum_5_requests_per_hour_per_target()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.SendAsync(target)).Status);
        gateway.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
    }

    [Fact]
    public async Task Maximum_10_requests_per_day_per_target()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
            gateway.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.SendAsync(target)).Status);
        gateway.Time.Advance(TimeSpan.FromHours(14));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
    }

    [Fact]
    public async Task OTP_codes_are_6_digits() => Assert.Matches("^[0-9]{6}$", await _gateway.SendCodeAsync(TestGateway.NewTarget()));

    [Fact]
    public async Task Codes_expire_after_5_minutes()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        var code = await gateway.SendCodeAsync(target);

        gateway.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));

        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.VerifyAsync(target, code)).Status);
    }

    [Fact]
    public async Task Maximum_3_verification_attempts_per_code()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);
        for (var i = 0; i < 3; i++)
        {
            await _gateway.VerifyAsync(target, TestGateway.WrongFor(code));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await _gateway.VerifyAsync(target, code)).Status);
    }

    [Fact]
    public async Task OTP_codes_are_never_returned_in_production()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:ExposeCodes"] = "false" });

        var answer = await gateway.SendAsync(TestGateway.NewTarget());

        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("mockCode").ValueKind);
    }

    [Theory]
    [InlineData("jane.doe@example.com", "email")]
    [InlineData("+442079460108", "phone")]
    public async Task Target_is_an_email_address_or_phone_number(string target, string otpType) =>
        Assert.Equal(otpType, (await _gateway.SendAsync(target)).Text("otpType"));

    [Fact]
    public async Task Status_200_OTP_sent_successfully()
    {
        var answer = await _gateway.SendAsync(TestGateway.NewTarget());

        Assert.Equal((HttpStatusCode.OK, "OTP sent successfully"), (answer.Status, answer.Text("message")));
    }

    [Fact]
    public async Task Status_400_Invalid_target_format()
    {
        var answer = await _gateway.SendAsync("not a target");

        Assert.Equal((HttpStatusCode.BadRequest, "Invalid target format"), (answer.Status, answer.Text("error")));
    }

    [Fact]
    public async Task Status_429_Rate_limit_exceeded()
    {
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 5; i++)
        {
            await _gateway.SendAsync(target);
        }

        var answer = await _gateway.SendAsync(target);

        Assert.Equal((HttpStatusCode.TooManyRequests, "Rate limit exceeded"), (answer.Status, answer.Text("error")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"target":""}""")]
    public async Task Status_422_Validation_Error(string body)
    {
        var answer = await _gateway.PostAsync(TestGateway.SendPath, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var fault = Assert.Single(answer.Json.GetProperty("detail").EnumerateArray());
        Assert.Equal(["type", "loc", "msg", "input"], fault.EnumerateObject().Select(member => member.Name).Take(4));
    }

    [Fact]
    public async Task SendOTPResponse_has_success_message_error_otpType_and_mockCode()
    {
        var answer = await _gateway.SendAsync(TestGateway.NewTarget());

        Assert.Equal(["success", "message", "error", "otpType", "mockCode"], answer.Json.EnumerateObject().Select(member => member.Name));
    }
}
