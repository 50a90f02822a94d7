namespace Otp.Delivery;

public sealed class SmsSenderIdTests
{
    [Theory]
    [InlineData("H&M")]
    [InlineData("7-Eleven")]
    [InlineData("Shop_1")]
    [InlineData("A+B")]
    [InlineData("My Shop")]
    [InlineData("a")]
    [InlineData("ABCDEFGHIJK")]
    [InlineData("+442079460018")]
    [InlineData("12345")]
    [InlineData("MG0123456789abcdef0123456789abcdef")]
    public void Sender_that_Twilio_takes_is_one(string sender) => Assert.True(SmsSenderId.IsValid(sender));

    [Theory]
    [InlineData("")]
    [InlineData("ABCDEFGHIJKL")]
    [InlineData("7-11")]
    [InlineData("&_-+")]
    [InlineData("12")]
    [InlineData("123456789")]
    [InlineData("Café")]
    [InlineData("Shop!")]
    [InlineData("Shop.de")]
    [InlineData("Shop\n")]
    [InlineData("+0442079460018")]
    public void Any_other_is_none(string sender) => Assert.False(SmsSenderId.IsValid(sender));
}
