namespace Otp.Delivery;

public sealed class BuiltInMailTests
{
    [Theory]
    [MemberData(nameof(Purposes))]
    public void A_mail_says_what_the_code_is_for_how_long_it_lives_and_that_nobody_asks_for_it(Purpose purpose, string phrase)
    {
        var mail = TestMessages.Mail(TestProgram.Named("Demo"), purpose);

        Assert.Equal("Your Demo code", mail.Subject);
        foreach (var text in new[] { mail.Text, mail.Html! })
        {
            Assert.Contains(TestMessages.Code, text, StringComparison.Ordinal);
            Assert.Contains($"code to {phrase}", text, StringComparison.Ordinal);
            Assert.Contains("5 minutes", text, StringComparison.Ordinal);
            Assert.Contains("Nobody from Demo will ever ask you for this code", text, StringComparison.Ordinal);
            Assert.Contains("If you did not ask for it", text, StringComparison.Ordinal);
        }
    }

    public static TheoryData<Purpose, string> Purposes() => new(Enum.GetValues<Purpose>().Select(purpose => (purpose, PurposePhrases.Of(purpose))));

    [Fact]
    public void Every_purpose_has_a_phrase_of_its_own()
    {
        var phrases = Enum.GetValues<Purpose>().Select(PurposePhrases.Of).ToList();

        Assert.Equal(24, phrases.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_mail_says_where_the_code_is_entered_if_the_program_does()
    {
        var mail = TestMessages.Mail(TestProgram.Of(program => program.Domain = "Shop.Example.com"));

        Assert.Contains("only at shop.example.com.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("only at <b>shop.example.com</b>.", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_subject_and_the_html_title_do_not_hold_the_code()
    {
        var mail = TestMessages.Mail(TestProgram.Named("Demo"));

        Assert.DoesNotContain(TestMessages.Code, mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(TestMessages.Code, mail.Html!.Split("<body", 2)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Html_declares_both_colour_schemes_and_its_colours_suit_either()
    {
        var html = TestMessages.Mail(TestProgram.Named("Demo")).Html!;

        Assert.Contains("<meta name=\"color-scheme\" content=\"light dark\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("#", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"rgba?\((?!128,128,128,)", html);
    }

    [Fact]
    public void A_program_name_cannot_bring_markup_into_the_html()
    {
        var html = TestMessages.Mail(TestProgram.Named("<script>alert('&')</script>")).Html!;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_name_cannot_bring_a_line_end_into_the_subject()
    {
        var mail = TestMessages.Mail(TestProgram.Named("De\r\nmo\u2028\0!"));

        Assert.Equal("Your De  mo  ! code", mail.Subject);
    }
}
