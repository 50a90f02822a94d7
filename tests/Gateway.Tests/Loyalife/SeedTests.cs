using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>The tables of the Generate OTP page, row by row.</summary>
public sealed class SeedTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Theory]
    [InlineData("ACTIVATION", "Account activation after registration")]
    [InlineData("LOGIN", "Member login via OTP")]
    [InlineData("FORGOTPWD", "Forgot password — initiate reset")]
    [InlineData("CHANGEPASSWORD", "Change password (member is logged in)")]
    [InlineData("RESETPASSWORD", "Reset password (admin-triggered)")]
    [InlineData("FORGOTUSERNAME", "Forgot username recovery")]
    [InlineData("TwoFA", "Two-factor authentication")]
    [InlineData("UNBLOCKMEMBER", "Unblock a locked member account")]
    [InlineData("NONE", "No specific type")]
    [InlineData("CASHBACKCONFIRM", "Cashback transaction confirmation")]
    [InlineData("POINTTRANSFERCONFIRM", "Points transfer confirmation")]
    [InlineData("FAMILYPOOLINGMERGE", "Family pooling account merge confirmation")]
    [InlineData("FAMILYPOOLINGUNMERGE", "Family pooling account unmerge confirmation")]
    [InlineData("AIRREVIEWNCONFIRM", "Air booking review confirmation")]
    [InlineData("DOMESTICFLIGHTREVIEWNCONFIRM", "Domestic flight booking confirmation")]
    [InlineData("HOTELREVIEWNCONFIRM", "Hotel booking review confirmation")]
    [InlineData("CARREVIEWNCONFIRM", "Car booking review confirmation")]
    [InlineData("GIFTCARDREVIEWNCONFIRM", "Gift card review confirmation")]
    [InlineData("PACKAGEREVIEWNCONFIRM", "Package booking review confirmation")]
    [InlineData("SHOPREVIEWNCONFIRM", "Shop purchase review confirmation")]
    [InlineData("SHOPDIGITALREVIEWNCONFIRM", "Digital shop review confirmation")]
    [InlineData("MERCHANTREVIEWNCONFIRM", "Merchant review confirmation")]
    [InlineData("ISPREVIEWNCONFIRM", "ISP review confirmation")]
    [InlineData("INSURANCEREVIEWNCONFIRM", "Insurance review confirmation")]
    public async Task OtpType(string value, string useCase)
    {
        Assert.NotEmpty(useCase);
        var (reference, email) = await _service.NewMemberAsync();

        var byEmail = await _service.SendCodeAsync(email, email, value);
        LoyalifeService.AssertDone(await _service.VerifyAsync(email, byEmail, value));
        var byReference = await _service.SendCodeAsync(reference, email, value, suffix: LoyalifeService.ByReference);
        LoyalifeService.AssertDone(await _service.VerifyAsync(reference, byReference, value, suffix: LoyalifeService.ByReference));
    }

    [Theory]
    [InlineData("login")]
    [InlineData("TWOFA")]
    [InlineData("TwoFa")]
    [InlineData("PASSWORD")]
    [InlineData("")]
    [InlineData("1")]
    public async Task OtpType_that_is_no_row_is_malformed(string value) => LoyalifeService.AssertRefused(
        await _service.GenerateAsync(TestGateway.NewTarget(), value), HttpStatusCode.BadRequest, "999", "OtpType: Input should be 'ACTIVATION', 'LOGIN'");

    [Theory]
    [InlineData(1, "Web")]
    [InlineData(2, "Mobile")]
    [InlineData(3, "Email")]
    [InlineData(4, "Service")]
    public async Task SourceCode(int value, string origin)
    {
        Assert.NotEmpty(origin);
        var (_, email) = await _service.NewMemberAsync();

        LoyalifeService.AssertDone(await _service.PostAsync(
            LoyalifeService.GeneratePath, LoyalifeService.GenerateBody(email, 7, ("SourceCode", value))));
    }

    [Fact]
    public async Task Results_IsSucessful_is_true() => Assert.True((await SuccessAsync()).GetProperty("IsSucessful").GetBoolean());

    [Fact]
    public async Task Results_ErrorCode_is_000() => Assert.Equal("000", (await SuccessAsync()).GetProperty("ErrorCode").GetString());

    [Fact]
    public async Task Results_ExceptionMessage_is_Success() => Assert.Equal("Success", (await SuccessAsync()).GetProperty("ExceptionMessage").GetString());

    [Fact]
    public async Task Results_ReturnObject_is_true_when_the_OTP_is_sent()
    {
        var (_, email) = await _service.NewMemberAsync();

        var results = (await _service.GenerateAsync(email)).Json.GetProperty("results");

        Assert.True(results.GetProperty("ReturnObject").GetBoolean());
        Assert.Matches("^[0-9]{6}$", await _service.LatestCodeAsync(email));
    }

    [Fact]
    public async Task Results_Count_is_always_0() => Assert.Equal(0, (await SuccessAsync()).GetProperty("Count").GetInt32());

    [Fact]
    public async Task Authorization_is_bearer_in_any_case()
    {
        var (_, email) = await _service.NewMemberAsync();
        foreach (var scheme in new[] { "bearer", "Bearer", "BEARER" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, LoyalifeService.GeneratePath)
            {
                Content = new StringContent(
                    LoyalifeService.GenerateBody(email).ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {await _service.Gateway.TokenAsync(LoyalifeService.Client)}");
            using var response = await _service.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

            LoyalifeService.AssertDone(await Answer.ReadAsync(response));
        }
    }

    [Theory]
    [InlineData("Web")]
    [InlineData("Mobile")]
    public async Task Destination(string value)
    {
        var (_, email) = await _service.NewMemberAsync();
        var code = await _service.SendCodeAsync(email, email);

        LoyalifeService.AssertDone(await _service.PostAsync(
            LoyalifeService.VerifyPath, LoyalifeService.VerifyBody(email, long.Parse(code), 7, ("Destination", value))));
    }

    private async Task<System.Text.Json.JsonElement> SuccessAsync()
    {
        var (_, email) = await _service.NewMemberAsync();
        return (await _service.GenerateAsync(email)).Json.GetProperty("results");
    }
}
