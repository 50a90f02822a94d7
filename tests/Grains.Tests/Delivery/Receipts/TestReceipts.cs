using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;

namespace Otp.Delivery;

/// <summary>Where a provider that a test asks alone reports to.</summary>
internal static class TestReceipts
{
    public const string Root = "https://otp.example.com/receipts";

    public static ReceiptAddress Address { get; } = new(
        new ReceiptTokens(
            new ServiceKeys(Options.Create(new OtpOptions { IndexKey = Convert.ToBase64String(new byte[32]) })), new Seal(RandomNumberGenerator.Create())),
        Root,
        grainKey: "19:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        new DeliveryId(Guid.Empty, SentAt: 0, Number: 0));

    /// <summary>The message, with where its provider reports to.</summary>
    public static Message Reporting(this Message message) => message with { Receipt = Address };
}
