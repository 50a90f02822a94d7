using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("jane+tag@example.com", "jane+tag@example.com", "jane@example.com", "jane@example.com")]
    [InlineData("jane+a+b@example.com", "jane+a+b@example.com", "jane@example.com", "jane@example.com")]
    [InlineData("jane+@example.com", "jane+@example.com", "jane@example.com", "jane@example.com")]
    [InlineData("+tag@example.com", "+tag@example.com", "+tag@example.com", "+tag@example.com")]
    [InlineData("jane.doe@example.com", "jane.doe@example.com", "jane.doe@example.com", "jane.doe@example.com")]
    [InlineData("jane.doe+x@gmail.com", "jane.doe+x@gmail.com", "jane.doe@gmail.com", "janedoe@gmail.com")]
    [InlineData("j.a.n.e@googlemail.com", "j.a.n.e@googlemail.com", "j.a.n.e@googlemail.com", "jane@gmail.com")]
    [InlineData("jane.doe@mail.gmail.com", "jane.doe@mail.gmail.com", "jane.doe@mail.gmail.com", "jane.doe@mail.gmail.com")]
    [InlineData("jane-doe_x@gmail.com", "jane-doe_x@gmail.com", "jane-doe_x@gmail.com", "jane-doe_x@gmail.com")]
    public void Mailbox_of_an_address_is_what_the_program_says(string address, string distinct, string subaddress, string provider)
    {
        Assert.Equal(distinct, Of(address, MailboxAliases.Distinct));
        Assert.Equal(subaddress, Of(address, MailboxAliases.Subaddress));
        Assert.Equal(provider, Of(address, MailboxAliases.Provider));
        Assert.Equal(provider, Of(provider, MailboxAliases.Provider));
    }

    [Fact]
    public void Number_is_no_mailbox()
    {
        var number = new Target(Channel.Phone, "+442079460018");

        Assert.Same(number, Mailbox.Of(number, MailboxAliases.Provider));
    }

    private static string Of(string address, MailboxAliases aliases) => Mailbox.Of(new Target(Channel.Email, address), aliases).Value;
}
