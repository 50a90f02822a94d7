using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

public sealed class MessageComposerTests
{
    private const string Gsm7 =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_mail_says_what_the_code_is_for_how_long_it_lives_and_that_nobody_asks_for_it()
    {
        var mail = Compose(Channel.Email, "Demo");

        Assert.Equal("Your Demo code", mail.Subject);
        foreach (var text in new[] { mail.Text, mail.Html! })
        {
            Assert.Contains("271828", text, StringComparison.Ordinal);
            Assert.Contains("Demo code", text, StringComparison.Ordinal);
            Assert.Contains("5 minutes", text, StringComparison.Ordinal);
            Assert.Contains("Nobody from Demo will ever ask you for this code", text, StringComparison.Ordinal);
            Assert.Contains("If you did not ask for it", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_subject_and_the_html_title_do_not_hold_the_code()
    {
        var mail = Compose(Channel.Email, "Demo");

        Assert.DoesNotContain("271828", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("271828", mail.Html!.Split("<body", 2)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Html_declares_both_colour_schemes_and_sets_no_colour()
    {
        var html = Compose(Channel.Email, "Demo").Html!;

        Assert.Contains("<meta name=\"color-scheme\" content=\"light dark\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("#", html, StringComparison.Ordinal);
        Assert.DoesNotContain("background", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_name_cannot_bring_markup_into_the_html()
    {
        var html = Compose(Channel.Email, "<script>alert('&')</script>").Html!;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_name_cannot_bring_a_line_end_into_the_subject()
    {
        var mail = Compose(Channel.Email, "De\r\nmo\u2028\0!");

        Assert.Equal("Your De  mo  ! code", mail.Subject);
    }

    [Theory]
    [InlineData("Demo")]
    [InlineData("Ärger & Søn [€]")]
    [InlineData("ćšž")]
    [InlineData("星巴克")]
    [InlineData("🎉")]
    [InlineData("A program whose name is so long that nobody could ever read it on a telephone, let alone remember it or type it")]
    public void An_sms_is_one_gsm7_segment_with_the_code_first(string program)
    {
        var sms = Compose(Channel.Phone, program);

        Assert.StartsWith("271828 is your ", sms.Text, StringComparison.Ordinal);
        Assert.InRange(sms.Text.Sum(Septets), 1, 160);
        Assert.Contains("5 minutes", sms.Text, StringComparison.Ordinal);
        Assert.Null(sms.Subject);
        Assert.Null(sms.Html);
    }

    [Theory]
    [InlineData(300, "5 minutes")]
    [InlineData(299.99, "5 minutes")]
    [InlineData(290, "4 minutes")]
    [InlineData(116, "1 minute")]
    [InlineData(59.5, "1 minute")]
    [InlineData(30, "33 seconds")]
    [InlineData(86400, "1440 minutes")]
    public void The_time_told_is_the_time_left_within_a_moment_or_less(double seconds, string told)
    {
        var sms = Compose(Channel.Phone, "Demo", TimeSpan.FromSeconds(seconds));

        Assert.Contains($"valid for {told}.", sms.Text, StringComparison.Ordinal);
    }

    private static Message Compose(Channel channel, string program, TimeSpan? validFor = null) => MessageComposer.Compose(
        "19",
        program,
        new Target(channel, channel == Channel.Email ? "jane.doe@example.com" : "+442079460018"),
        "271828",
        validFor ?? TimeSpan.FromMinutes(5),
        Now);

    private static int Septets(char c)
    {
        if (Gsm7.Contains(c, StringComparison.Ordinal))
            return 1;
        Assert.Contains(c, "^{}\\[~]|€");
        return 2;
    }
}
