using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Delivery;

/// <summary>Signs and checks requests as Standard Webhooks says: HMAC-SHA-256 of the request's id, its timestamp and its body.</summary>
/// <param name="keys">The keys of the secrets, the newest first.</param>
/// <param name="time">The clock.</param>
internal sealed class WebhookSignature(byte[][] keys, TimeProvider time)
{
    /// <summary>How far a signature's timestamp may be from now.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>A signature by each secret, the newest first, and the timestamp that they are made of.</summary>
    public (string Timestamp, string Signatures) Sign(string id, ReadOnlySpan<byte> body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Signed(id, timestamp, body);
        return (timestamp, string.Join(' ', keys.Select(key => Sign(key, signed))));
    }

    /// <summary>Whether one of the signatures is by one of the secrets, and of now; compared in constant time.</summary>
    public bool IsSigned(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        if (id is null || signatures is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        var signed = Signed(id, timestamp, body);
        var right = keys.Select(key => Encoding.UTF8.GetBytes(Sign(key, signed))).ToList();
        var isSigned = false;
        foreach (var claimed in signatures.Split(' '))
        {
            foreach (var signature in right)
            {
                isSigned |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claimed), signature);
            }
        }

        return isSigned;
    }

    private static byte[] Signed(string id, string timestamp, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];

    private static string Sign(byte[] key, byte[] signed) => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
}
