using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Codes that callers bring.</summary>
public sealed class CustomCodeTests(VerifyFixture fixture)
{
    private readonly VerifyGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("0042")]
    [InlineData("123456")]
    [InlineData("9999999999")]
    public async Task Callers_code_is_sent_and_right(string code)
    {
        var to = VerifyGateway.NewPhone();

        var (_, sent) = await _gateway.SendCodeAsync(to, more: ("CustomCode", code));

        Assert.Equal(code, sent);
        Assert.Equal("pending", (await _gateway.CheckAsync(to, TestGateway.WrongFor(code))).Text("status"));
        Assert.Equal("pending", (await _gateway.CheckAsync(to, code.Length == 4 ? code + "0" : code[..^1])).Text("status"));
        Assert.Equal("approved", (await _gateway.CheckAsync(to, code)).Text("status"));
    }

    [Fact]
    public async Task Same_code_again_is_the_same_verification_and_another_one_is_not()
    {
        var to = VerifyGateway.NewPhone();
        var (first, _) = await _gateway.SendCodeAsync(to, more: ("CustomCode", "1234"));
        var (same, _) = await _gateway.SendCodeAsync(to, more: ("CustomCode", "1234"));
        var (other, _) = await _gateway.SendCodeAsync(to, more: ("CustomCode", "4321"));
        var (plain, made) = await _gateway.SendCodeAsync(to);

        Assert.Equal(first, same);
        Assert.Equal(3, new[] { first, other, plain }.Distinct().Count());
        Assert.Equal(6, made.Length);
        Assert.Equal("pending", (await _gateway.CheckAsync(to, "4321")).Text("status"));
        Assert.Equal("approved", (await _gateway.CheckAsync(to, made)).Text("status"));
    }

    [Fact]
    public async Task Caller_who_compares_the_code_itself_reports_it()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, _) = await _gateway.SendCodeAsync(to, more: ("CustomCode", "1234"));

        Assert.Equal((HttpStatusCode.OK, "approved"), await UpdateAsync(sid, "approved"));
        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.FetchAsync(sid)).Status);

        async Task<(HttpStatusCode, string)> UpdateAsync(string name, string status)
        {
            var answer = await _gateway.UpdateAsync(name, status);
            return (answer.Status, answer.Text("status"));
        }
    }
}
