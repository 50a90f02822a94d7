using System.Text;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class TargetPropertyTests
{
    private const string Digits = "0123456789";
    private const string AddressChars = "abcXYZ019.-_+";
    private static readonly string[] Regions = ["GB", "US", "DE", "IT", "RU", "BR", "AR", "JP", "AG", "GG", "CX", "SM", "LT", "BY", "MG", "GA"];

    [Fact]
    public void Canonical_form_parses_to_itself_in_every_region()
    {
        var seeded = new Seeded(1);
        var parsed = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = seeded.Of(Number(seeded), Address(seeded));
            if (!TargetParser.TryParse(text, seeded.Of(Regions), out var target))
            {
                continue;
            }

            parsed++;
            Assert.True(TargetParser.TryParse(target.Value, seeded.Of<string?>([null, .. Regions]), out var again));
            Assert.Equal((target.Channel, target.Value), (again.Channel, again.Value));
        }

        Assert.True(parsed > 5_000, $"Only {parsed} texts were targets.");
    }

    [Fact]
    public void Punctuation_in_a_number_never_changes_what_it_means()
    {
        var seeded = new Seeded(2);
        for (var i = 0; i < 20_000; i++)
        {
            var plain = Number(seeded);
            var region = seeded.Of(Regions);
            var written = new StringBuilder();
            foreach (var c in plain)
            {
                written.Append(seeded.Text(" .-()", seeded.Below(3))).Append(c);
            }

            Assert.Equal(Parsed.As(Channel.Phone, plain, region), Parsed.As(Channel.Phone, written.Append(' ').ToString(), region));
        }
    }

    [Fact]
    public void Case_and_white_space_around_an_address_never_change_what_it_means()
    {
        var seeded = new Seeded(3);
        for (var i = 0; i < 20_000; i++)
        {
            var address = Address(seeded);
            var written = $" {address.ToUpperInvariant()}\u3000\t";
            Assert.Equal(Parsed.As(Channel.Email, address), Parsed.As(Channel.Email, written));
        }
    }

    [Fact]
    public void No_text_makes_the_parser_throw_and_what_it_accepts_has_the_canonical_form()
    {
        var seeded = new Seeded(4);
        for (var i = 0; i < 50_000; i++)
        {
            if (!TargetParser.TryParse(Garbage(seeded), seeded.Of(Regions), out var target))
            {
                continue;
            }

            Assert.InRange(target.Value.Length, 1, TargetParser.MaxLength);
            Assert.DoesNotContain(target.Value, c => c is <= ' ' or > '~' or (>= 'A' and <= 'Z'));
            Assert.Equal(target.Channel == Channel.Email, target.Value.Contains('@'));
            Assert.Equal(target.Channel == Channel.Phone, target.Value.StartsWith('+') && NumberingPlan.CallingCodeOf(target.Value) != 0);
        }
    }

    private static string Number(Seeded seeded) =>
        seeded.Of("", "", "0", "8", "1", "+", "+44", "+1", "0049", "+54", "+55", "+7", "+81", "44", "49", "55", "011", "0 11 15")
        + seeded.Text(Digits, 4 + seeded.Below(10));

    private static string Address(Seeded seeded) =>
        seeded.Text(AddressChars, 1 + seeded.Below(8)) + "@"
        + seeded.Text("abcXYZ019-ü", 1 + seeded.Below(6)) + "." + seeded.Text("abcXYZ-ß", 1 + seeded.Below(4));

    private static string Garbage(Seeded seeded)
    {
        var text = new StringBuilder();
        for (var length = seeded.Below(40); length > 0; length--)
        {
            text.Append(seeded.Below(6) switch
            {
                0 => (char)seeded.Below(0x10000),
                1 => (char)seeded.Below(0x80),
                2 => seeded.Of('@', '+', '.', '-', '\uD83D', '\u200D', 'ß', 'İ', '。', '＠'),
                _ => seeded.Of(Digits.AsSpan()),
            });
        }

        return text.ToString();
    }
}
