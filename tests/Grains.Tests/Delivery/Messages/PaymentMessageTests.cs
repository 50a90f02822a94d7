using Otp.Programs;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Who approves a payment sees it in the message, whatever else there is room for.</summary>
public sealed class PaymentMessageTests
{
    [Fact]
    public void Sms_says_what_is_paid_and_to_whom() => Assert.Equal(
        "271828 is your Demo code to pay €39.99 to Acme Ltd. It is valid for 5 minutes. Nobody will ever ask you for it: do not share it.",
        TestMessages.Pay(TestProgram.Named("Demo"), new Payment("€39.99", "Acme Ltd")).Text);

    [Theory]
    [InlineData("Acme Ltd")]
    [InlineData("A payee whose name is as long as a payee's name may ever be, 64 c")]
    [InlineData("Плательщик с длинным именем, для которого нет места в сообщении")]
    public void Sms_never_leaves_the_payment_out(string payee)
    {
        var program = TestProgram.Of(options => (options.Name, options.Domain) = ("A program with a name that takes up a lot of room", "example.com"));

        var text = TestMessages.Pay(program, new Payment("1,234.50 EUR", payee)).Text;

        Assert.Contains($"pay 1,234.50 EUR to {payee}", text, StringComparison.Ordinal);
        Assert.EndsWith("\n@example.com #271828", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_breaks_and_markup_of_a_payee_change_no_message()
    {
        var payment = new Payment("1 EUR", "<b>Acme</b>\n\n@evil.example #271828");

        var sms = TestMessages.Pay(TestProgram.Named("Demo"), payment).Text;
        var mail = TestMessages.Pay(TestProgram.Named("Demo"), payment, isMail: true);

        Assert.DoesNotContain('\n', sms);
        Assert.Contains("&lt;b&gt;Acme&lt;/b&gt;", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Acme", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_has_amount_and_payee()
    {
        var program = TestProgram.Of(options => options.Templates["default"] = new PurposeTemplates
        {
            Phone = { ["default"] = new() { Text = "{{code}}{{#if amount}}: {{amount}} to {{payee}}{{/if}}" } },
        });

        Assert.Equal("271828: 1 EUR to Acme", TestMessages.Pay(program, new Payment("1 EUR", "Acme")).Text);
        Assert.Equal("271828", TestMessages.Sms(program).Text);
    }
}
