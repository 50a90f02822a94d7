using System.Net;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

public sealed class VerifyTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Right_code_succeeds_once()
    {
        var (_, email) = await _service.NewMemberAsync();
        var code = await _service.SendCodeAsync(email, email);

        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code));
        AssertInvalid(await _service.VerifyAsync(email, code));
    }

    [Fact]
    public async Task Wrong_code_and_no_code_are_refused_alike()
    {
        var (_, email) = await _service.NewMemberAsync();
        var none = await _service.VerifyAsync(email, "123456");
        var code = await _service.SendCodeAsync(email, email);
        var wrong = await _service.VerifyAsync(email, TestGateway.WrongFor(code));

        AssertInvalid(wrong);
        Assert.Equal(wrong.Body, none.Body);
    }

    [Fact]
    public async Task Repeat_of_a_verify_gets_its_first_answer()
    {
        var (_, email) = await _service.NewMemberAsync();
        var code = await _service.SendCodeAsync(email, email);

        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code, key: "check"));
        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code, key: "check"));
        LoyalifeService.AssertRefused(
            await _service.VerifyAsync(email, TestGateway.WrongFor(code), key: "check"), HttpStatusCode.UnprocessableEntity, "E204");
    }

    [Fact]
    public async Task Right_number_for_the_wrong_purpose_fails_and_for_the_right_one_still_succeeds()
    {
        var (_, email) = await _service.NewMemberAsync();
        var code = await _service.SendCodeAsync(email, email, "FORGOTPWD");

        AssertInvalid(await _service.VerifyAsync(email, code, "LOGIN"));
        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code, "FORGOTPWD"));
    }

    [Fact]
    public async Task Codes_of_two_purposes_live_beside_each_other()
    {
        var (_, email) = await _service.NewMemberAsync();
        var login = await _service.SendCodeAsync(email, email, "LOGIN");
        var cashback = await _service.SendCodeAsync(email, email, "CASHBACKCONFIRM");

        LoyalifeService.AssertDone(await _service.VerifyAsync(email, login, "LOGIN"));
        LoyalifeService.AssertDone(await _service.VerifyAsync(email, cashback, "CASHBACKCONFIRM"));
    }

    [Fact]
    public async Task Code_sent_by_reference_is_verified_by_e_mail()
    {
        var (reference, email) = await _service.NewMemberAsync();
        var code = await _service.SendCodeAsync(reference, email, suffix: LoyalifeService.ByReference);

        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code));
    }

    [Fact]
    public async Task Leading_zeros_that_the_integer_lost_are_accepted()
    {
        var (_, email) = await _service.NewMemberAsync(LoyalifeService.ShortAdmin);
        string code;
        do
        {
            code = await _service.SendCodeAsync(email, email, client: LoyalifeService.ShortClient);
        }
        while (code[0] != '0');

        var body = $$"""
            {"UniquerefID":"{{email}}","OTP":{{int.Parse(code)}},"DestinationAddress":"192.168.1.1","Destination":"Web","OtpType":"LOGIN","ProgramId":9,"RelationType":4}
            """;
        LoyalifeService.AssertDone(await _service.Gateway.PostAsync(LoyalifeService.VerifyPath, body, LoyalifeService.ShortClient));
    }

    [Theory]
    [InlineData("\"123456\"", "OTP: Input should be a valid integer")]
    [InlineData("123456.0", "OTP: Input should be a valid integer")]
    [InlineData("123456.5", "OTP: Input should be a valid integer")]
    [InlineData("1e5", "OTP: Input should be a valid integer")]
    [InlineData("null", "OTP: Input should be a valid integer")]
    [InlineData("true", "OTP: Input should be a valid integer")]
    [InlineData("[123456]", "OTP: Input should be a valid integer")]
    [InlineData("-1", "OTP: Input should be greater than or equal to 0")]
    [InlineData("-0", "OTP: Input should be greater than or equal to 0")]
    [InlineData("1000000", "OTP: Input should have at most 6 digits")]
    [InlineData("99999999999", "OTP: Input should be less than or equal to 9999999999")]
    [InlineData("999999999999999999999999999999", "OTP: Input should be less than or equal to 9999999999")]
    [InlineData("-999999999999999999999999999999", "OTP: Input should be greater than or equal to 0")]
    public async Task Malformed_OTP_is_told_and_costs_no_attempt(string otp, string fault)
    {
        var (_, email) = await _service.NewMemberAsync();
        var code = await _service.SendCodeAsync(email, email);
        for (var i = 0; i < 3; i++)
        {
            LoyalifeService.AssertRefused(await PostAsync(email, otp), HttpStatusCode.BadRequest, "999", fault);
        }

        LoyalifeService.AssertDone(await PostAsync(email, int.Parse(code).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Malformed_OTP_is_not_shown_in_the_answer()
    {
        var answer = await PostAsync(TestGateway.NewTarget(), "\"987654\"");

        Assert.DoesNotContain("987654", answer.Body, StringComparison.Ordinal);
    }

    private static void AssertInvalid(Answer answer) =>
        LoyalifeService.AssertRefused(answer, HttpStatusCode.BadRequest, "E201", "Invalid or expired OTP");

    private async Task<Answer> PostAsync(string email, string otp)
    {
        using var content = new StringContent(
            $$"""
            {"UniquerefID":"{{email}}","OTP":{{otp}},"DestinationAddress":"192.168.1.1","Destination":"Web","OtpType":"LOGIN","ProgramId":7,"RelationType":4}
            """,
            Encoding.UTF8,
            "application/json");
        return await _service.Gateway.PostAsync(LoyalifeService.VerifyPath, content, await _service.Gateway.TokenAsync(LoyalifeService.Client));
    }
}
