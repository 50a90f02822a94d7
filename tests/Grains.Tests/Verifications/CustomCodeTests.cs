using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Verifications;

/// <summary>A caller's own code, hidden by the derived one.</summary>
public sealed class CustomCodeTests
{
    private static readonly Target Jane = new(Channel.Email, "jane@example.com");

    private readonly OneTimeCodes _codes = new(new ServiceKeys(Options.Create(new OtpOptions
    {
        CodeKeys = [Convert.ToBase64String(new byte[32])],
        IndexKey = Convert.ToBase64String(new byte[32]),
    })));

    [Theory]
    [InlineData("0000")]
    [InlineData("123456")]
    [InlineData("9999999999")]
    public void Every_nonce_gives_the_code_back(string digits)
    {
        for (var i = 0; i < 1_000; i++)
        {
            var code = CodeOf(i, digits);

            Assert.Equal(digits, _codes.Derive(code, "p", Jane));
            Assert.True(_codes.Matches(code, "p", Jane, digits));
            Assert.NotEqual(0ul, code.Offset);
        }
    }

    [Fact]
    public void Offsets_of_one_code_are_uniform()
    {
        const int Samples = 20_000;
        var counts = new int[10];
        for (var i = 0; i < Samples; i++)
        {
            counts[CodeOf(i, "1234").Offset % 10_000 / 1_000]++;
        }

        var chiSquare = counts.Sum(count => Math.Pow(count - (Samples / 10.0), 2) / (Samples / 10.0));
        Assert.True(chiSquare < 33.7, $"chi-square {chiSquare} with 9 degrees of freedom (p < 0.0001)");
    }

    private LiveCode CodeOf(int i, string digits)
    {
        var fresh = (Nonce: new Guid(i, 0, 0, new byte[8]), _codes.CurrentKeyId);
        return new LiveCode(Purpose.None, fresh.Nonce, fresh.CurrentKeyId, digits.Length, ExpiresAt: 0)
        {
            Offset = _codes.OffsetOf(fresh, Purpose.None, "p", Jane, digits),
        };
    }
}
