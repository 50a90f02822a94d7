using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;

namespace Otp.Delivery;

/// <summary>The tokens that lead a provider's report to its target, and nobody else's.</summary>
public sealed class ReceiptTokenTests
{
    private const string Place = "twilio/sms";
    private const string GrainKey = "19:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly DeliveryId Delivery = new(new Guid(7, 8, 9, new byte[8]), SentAt: 638_000_000_000_000_000, Number: 3);

    private readonly ReceiptTokens _tokens = TokensOf(1);

    [Fact]
    public void Token_leads_to_its_delivery_until_it_expires()
    {
        var token = _tokens.Create(Place, GrainKey, Delivery);
        var end = Delivery.SentAt + ReceiptTokens.Lifetime.Ticks;

        Assert.Equal((GrainKey, Delivery), _tokens.Open(Place, token, Delivery.SentAt));
        Assert.Equal((GrainKey, Delivery), _tokens.Open(Place, token, end));
        Assert.Null(_tokens.Open(Place, token, end + 1));
    }

    [Fact]
    public void Token_of_another_key_or_another_place_leads_nowhere()
    {
        var token = _tokens.Create(Place, GrainKey, Delivery);

        Assert.Null(TokensOf(2).Open(Place, token, Delivery.SentAt));
        Assert.Null(_tokens.Open("twilio/other", token, Delivery.SentAt));
        Assert.Null(_tokens.Open("webhook/sms", token, Delivery.SentAt));
    }

    [Fact]
    public void Token_with_any_bit_changed_leads_nowhere()
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(_tokens.Create(Place, GrainKey, Delivery));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var forged = bytes.ToArray();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(_tokens.Open(Place, System.Buffers.Text.Base64Url.EncodeToString(forged), Delivery.SentAt));
        }
    }

    [Fact]
    public void Token_that_is_cut_or_no_token_at_all_leads_nowhere()
    {
        var token = _tokens.Create(Place, GrainKey, Delivery);
        for (var length = 0; length < token.Length; length++)
        {
            Assert.Null(_tokens.Open(Place, token[..length], Delivery.SentAt));
        }

        Assert.All(["x", "💥", $"{token}{token}", $"{token}A", new string('A', 100_000), new string('/', 200)], text => Assert.Null(_tokens.Open(Place, text, Delivery.SentAt)));
    }

    [Fact]
    public void Token_tells_nothing_of_the_target_and_is_another_each_time()
    {
        var (one, other) = (_tokens.Create(Place, GrainKey, Delivery), _tokens.Create(Place, GrainKey, Delivery));

        Assert.NotEqual(one, other);
        Assert.DoesNotContain("AAAAAAAA", one, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9_-]{100,200}$", one);
    }

    private static ReceiptTokens TokensOf(byte key) => new(
        new ServiceKeys(Options.Create(new OtpOptions { IndexKey = Convert.ToBase64String([.. Enumerable.Repeat(key, 32)]) })), new Seal(RandomNumberGenerator.Create()));
}
