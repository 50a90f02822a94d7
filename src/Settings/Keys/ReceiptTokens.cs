using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Otp.Keys;

namespace Otp.Delivery;

/// <summary>
/// The tokens in the addresses that providers report to. A token names a delivery and leads to its target's grain, so that neither has to be
/// looked up. It is encrypted and authenticated, and good in one provider's addresses alone.
/// </summary>
public sealed class ReceiptTokens(ServiceKeys keys, Seal seal)
{
    /// <summary>Where the paths of the addresses begin.</summary>
    public const string Root = "/receipts";

    /// <summary>The part of the path that stands for Twilio's status callbacks.</summary>
    public const string Twilio = "twilio";

    /// <summary>The part of the path that stands for reports of webhooks.</summary>
    public const string Webhook = "webhook";

    /// <summary>How long a token leads anywhere: longer than any code lives, so that a provider that reports late gets no error.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    private const int SentAt = 16;
    private const int ExpiresAt = SentAt + sizeof(long);
    private const int Number = ExpiresAt + sizeof(long);
    private const int GrainKey = Number + sizeof(int);
    private const int MaxLength = 512;

    /// <summary>Makes the token of a delivery.</summary>
    /// <param name="place">The kind of provider and its name, as they stand before the token in the path.</param>
    /// <param name="grainKey">The key of the target's grain.</param>
    public string Create(string place, string grainKey, DeliveryId delivery)
    {
        var plain = new byte[GrainKey + Encoding.UTF8.GetByteCount(grainKey)];
        delivery.Operation.TryWriteBytes(plain);
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(SentAt), delivery.SentAt);
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(ExpiresAt), delivery.SentAt + Lifetime.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(Number), delivery.Number);
        Encoding.UTF8.GetBytes(grainKey, plain.AsSpan(GrainKey));
        return Base64Url.EncodeToString(seal.Close(keys.ReceiptToken, plain, place).AsSpan());
    }

    /// <summary>Opens a token; null if it is forged, cut, expired, or of another place.</summary>
    /// <param name="place">As for <see cref="Create"/>.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public (string GrainKey, DeliveryId Delivery)? Open(string place, string token, long now)
    {
        var box = new byte[Base64Url.GetMaxDecodedLength(Math.Min(token.Length, MaxLength))];
        if (token.Length > MaxLength
            || Base64Url.DecodeFromChars(token, box, out _, out var size) != OperationStatus.Done
            || size <= Seal.Overhead + GrainKey)
        {
            return null;
        }

        ReadOnlySpan<byte> plain;
        try
        {
            plain = Seal.Open(keys.ReceiptToken, ImmutableCollectionsMarshal.AsImmutableArray(box[..size]), place);
        }
        catch (CryptographicException)
        {
            return null;
        }

        var delivery = new DeliveryId(
            new Guid(plain[..SentAt]), BinaryPrimitives.ReadInt64LittleEndian(plain[SentAt..]), BinaryPrimitives.ReadInt32LittleEndian(plain[Number..]));
        return BinaryPrimitives.ReadInt64LittleEndian(plain[ExpiresAt..]) < now ? null : (Encoding.UTF8.GetString(plain[GrainKey..]), delivery);
    }
}
