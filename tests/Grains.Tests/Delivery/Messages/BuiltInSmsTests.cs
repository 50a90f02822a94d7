namespace Otp.Delivery;

public sealed class BuiltInSmsTests
{
    private const string Gsm7 =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    public static readonly TheoryData<string> Names =
    [
        "Demo",
        "Ärger & Søn [€]",
        "ćšž",
        "星巴克",
        "🎉",
        "A program whose name is so long that nobody could ever read it on a telephone, let alone remember it or type it",
        "Программа, название которой никто не прочитает на экране телефона",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_sms_is_one_segment_with_the_code_first(string program)
    {
        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            var sms = TestMessages.Sms(TestProgram.Named(program), purpose);

            Assert.StartsWith("271828 is your ", sms.Text, StringComparison.Ordinal);
            Assert.True(FitsOneSegment(sms.Text), sms.Text);
            Assert.Contains("5 minutes", sms.Text, StringComparison.Ordinal);
            Assert.Null(sms.Subject);
            Assert.Null(sms.Html);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_a_domain_the_last_line_binds_the_code_to_it(string program)
    {
        foreach (var domain in new[] { "example.com", "a-long-name-of-a-shop.with-a-long-name-of-a-department.example", new string('a', 60) + "." + new string('b', 55) + ".com" })
        {
            var sms = TestMessages.Sms(TestProgram.Of(options => (options.Name, options.Domain) = (program, domain)));

            Assert.StartsWith("271828 is your ", sms.Text, StringComparison.Ordinal);
            Assert.EndsWith($"\n@{domain} #271828", sms.Text, StringComparison.Ordinal);
            Assert.True(FitsOneSegment(sms.Text), sms.Text);
        }
    }

    [Fact]
    public void An_sms_says_all_that_there_is_room_for()
    {
        var sms = TestMessages.Sms(TestProgram.Of(options => options.Domain = "example.com"), Purpose.Login);

        Assert.Equal(
            "271828 is your Demo code to sign in. It is valid for 5 minutes. Nobody will ever ask you for it: do not share it.\n\n@example.com #271828",
            sms.Text);
    }

    [Fact]
    public void A_name_in_another_script_is_told_in_the_shorter_segment_that_it_needs()
    {
        Assert.Equal("271828 is your 星巴克 code, valid for 5 minutes. Do not share it.", TestMessages.Sms(TestProgram.Named("星巴克")).Text);
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
        var sms = TestMessages.Sms(TestProgram.Named("Demo"), validFor: TimeSpan.FromSeconds(seconds));

        Assert.Contains($"valid for {told}.", sms.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("Shop.Example.CO.uk", true)]
    [InlineData("xn--bcher-kva.example", true)]
    [InlineData("example", false)]
    [InlineData("example.com.", false)]
    [InlineData("https://example.com", false)]
    [InlineData("example.com/login", false)]
    [InlineData("example.com:8443", false)]
    [InlineData("exa mple.com", false)]
    [InlineData("example.com\n", false)]
    [InlineData("-example.com", false)]
    [InlineData("bücher.example", false)]
    [InlineData("127.0.0.1", false)]
    public void A_domain_is_a_host_name_in_ascii(string domain, bool isValid) => Assert.Equal(isValid, SmsText.IsDomain(domain));

    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(80, '€', 1)]
    [InlineData(81, '€', 2)]
    [InlineData(70, '星', 1)]
    [InlineData(71, '星', 2)]
    [InlineData(134, '星', 2)]
    [InlineData(135, '星', 3)]
    public void Segments_are_counted_as_networks_do(int length, char c, int segments) =>
        Assert.Equal(segments, SmsSegments.Count(new string(c, length)));

    private static bool FitsOneSegment(string text) => text.All(c => Gsm7.Contains(c, StringComparison.Ordinal) || "^{}\\[~]|€".Contains(c, StringComparison.Ordinal))
        ? text.Sum(c => Gsm7.Contains(c, StringComparison.Ordinal) ? 1 : 2) <= 160
        : text.Length <= 70;
}
