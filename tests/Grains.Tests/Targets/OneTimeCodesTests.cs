using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class OneTimeCodesTests
{
    private static readonly Target Jane = new(Channel.Email, "jane@example.com");

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    public void Digits_are_uniform(int length)
    {
        var codes = With(Key(1));
        const int Samples = 40_000;
        var counts = new int[length, 10];
        for (var i = 0; i < Samples; i++)
        {
            var digits = codes.Derive(Code(codes, i, length), "p", Jane);
            Assert.Equal(length, digits.Length);
            for (var place = 0; place < length; place++)
            {
                counts[place, digits[place] - '0']++;
            }
        }

        for (var place = 0; place < length; place++)
        {
            var chiSquare = Enumerable.Range(0, 10).Sum(d => Math.Pow(counts[place, d] - (Samples / 10.0), 2) / (Samples / 10.0));
            Assert.True(chiSquare < 33.7, $"place {place}: chi-square {chiSquare} with 9 degrees of freedom (p < 0.0001)");
        }
    }

    [Fact]
    public void A_code_is_bound_to_nonce_program_target_and_purpose()
    {
        var codes = With(Key(1));
        var code = Code(codes, 1, 10);
        string[] digits =
        [
            codes.Derive(code, "p", Jane),
            codes.Derive(code with { Nonce = Nonce(2) }, "p", Jane),
            codes.Derive(code with { Purpose = Purpose.Login }, "p", Jane),
            codes.Derive(code, "q", Jane),
            codes.Derive(code, "p", new Target(Channel.Email, "june@example.com")),
            codes.Derive(code, "pj", new Target(Channel.Email, "ane@example.com")),
        ];

        Assert.Equal(digits.Length, digits.Distinct().Count());
    }

    [Fact]
    public void A_code_made_with_an_older_key_still_matches_and_with_a_removed_key_never()
    {
        var before = With(Key(1));
        var code = Code(before, 1, 6);
        var digits = before.Derive(code, "p", Jane);

        Assert.True(With(Key(2), Key(1)).Matches(code, "p", Jane, digits));
        Assert.False(With(Key(2)).Matches(code, "p", Jane, digits));
        Assert.NotEqual(before.CurrentKeyId, With(Key(2), Key(1)).CurrentKeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("٠٠٠٠٠٠")]
    [InlineData("0000000000000000000000000000")]
    public void What_is_not_the_code_does_not_match(string guess)
    {
        var codes = With(Key(1));
        Assert.False(codes.Matches(Code(codes, 1, 6), "p", Jane, guess));
    }

    private static LiveCode Code(OneTimeCodes codes, int nonce, int length) => new(Purpose.None, Nonce(nonce), codes.CurrentKeyId, length, 0);

    private static Guid Nonce(int number) => new(number, 0, 0, new byte[8]);

    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    private static OneTimeCodes With(params string[] keys) =>
        new(new ServiceKeys(Options.Create(new OtpOptions { CodeKeys = [.. keys], IndexKey = Key(9) })));
}
