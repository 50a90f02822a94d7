using System.Net;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Codes that approve a payment are right for it alone.</summary>
public sealed class PaymentTests(VerifyFixture fixture)
{
    private static readonly (string, string)[] Rent = [("Amount", "€39.99"), ("Payee", "Acme Ltd")];
    private static readonly (string, string)[] More = [("Amount", "€3999.00"), ("Payee", "Acme Ltd")];

    private readonly VerifyGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Message_and_answers_name_amount_and_payee()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to, VerifyGateway.Bank, Rent);

        var text = (await _gateway.MessagesAsync(to))[0].Text;
        var fetched = await _gateway.FetchAsync(sid, VerifyGateway.Bank);
        var right = await _gateway.CheckAsync(to, code, VerifyGateway.Bank, key: null, Rent);

        Assert.Contains("pay €39.99 to Acme Ltd", text, StringComparison.Ordinal);
        Assert.Equal(("€39.99", "Acme Ltd"), (fetched.Text("amount"), fetched.Text("payee")));
        Assert.Equal(("approved", "€39.99", "Acme Ltd"), (right.Text("status"), right.Text("amount"), right.Text("payee")));
    }

    [Fact]
    public async Task Right_code_for_another_payment_is_a_wrong_guess()
    {
        var to = VerifyGateway.NewPhone();
        var (_, code) = await _gateway.SendCodeAsync(to, VerifyGateway.Bank, Rent);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("pending", (await _gateway.CheckAsync(to, code, VerifyGateway.Bank, key: null, More)).Text("status"));
        }

        Assert.Equal("approved", (await _gateway.CheckAsync(to, code, VerifyGateway.Bank, key: null, Rent)).Text("status"));
    }

    [Fact]
    public async Task Another_payment_has_a_code_of_its_own()
    {
        var to = VerifyGateway.NewPhone();
        var (first, code) = await _gateway.SendCodeAsync(to, VerifyGateway.Bank, Rent);
        var (same, _) = await _gateway.SendCodeAsync(to, VerifyGateway.Bank, Rent);
        var (other, _) = await _gateway.SendCodeAsync(to, VerifyGateway.Bank, More);

        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
        Assert.Equal("pending", (await _gateway.CheckAsync(to, code, VerifyGateway.Bank, key: null, Rent)).Text("status"));
    }

    [Fact]
    public async Task Code_of_a_payment_is_right_on_no_other_API()
    {
        var to = VerifyGateway.NewPhone();
        var (_, code) = await _gateway.SendCodeAsync(to, VerifyGateway.Bank, Rent);
        using var body = new StringContent($$"""{"target":"{{to}}","code":"{{code}}"}""", Encoding.UTF8, "application/json");

        var elsewhere = await _gateway.Gateway.PostAsync(TestGateway.VerifyPath, body, await _gateway.Gateway.TokenAsync("bank"));
        var plain = await _gateway.Gateway.SendAsync(to, "bank");

        Assert.Equal(HttpStatusCode.BadRequest, elsewhere.Status);
        Assert.Equal(HttpStatusCode.OK, plain.Status);
        Assert.NotEqual(code, plain.Text("mockCode"));
        Assert.DoesNotContain("€", (await _gateway.MessagesAsync(to))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_amount_or_payee_is_refused_and_costs_nothing()
    {
        var to = VerifyGateway.NewPhone();
        VerifyGateway.AssertError(await _gateway.StartAsync(to, VerifyGateway.Bank), HttpStatusCode.BadRequest, 60206);
        var (_, code) = await _gateway.SendCodeAsync(to, VerifyGateway.Bank, Rent);
        for (var i = 0; i < 6; i++)
        {
            VerifyGateway.AssertError(await _gateway.CheckAsync(to, code, VerifyGateway.Bank), HttpStatusCode.BadRequest, 60206);
        }

        Assert.Equal("approved", (await _gateway.CheckAsync(to, code, VerifyGateway.Bank, key: null, Rent)).Text("status"));
    }
}
