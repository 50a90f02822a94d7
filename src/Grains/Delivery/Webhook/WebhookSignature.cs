using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Delivery;

/// <summary>Signs and checks requests as Standard Webhooks says: HMAC-SHA-256 of the request's id, its timestamp and its body.</summary>
/// <param name="keys">The keys of the secrets, the newest first.</param>
internal sealed class WebhookSignature(byte[][] keys, TimeProvider time)
{
    private const string SecretPrefix = "whsec_";

    /// <summary>How far a signature's timestamp may be from now.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Reads the key of a secret: <c>whsec_</c> and base64 of 24–64 bytes.</summary>
    public static bool TryReadKey(string secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        var bytes = new byte[secret.Length];
        if (secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(secret.AsSpan(SecretPrefix.Length), bytes, out var length)
            && length is >= 24 and <= 64)
        {
            key = bytes[..length];
        }

        return key is not null;
    }

    /// <summary>The keys of secrets that have been checked.</summary>
    public static byte[][] ReadKeys(IEnumerable<string> secrets) =>
        [.. secrets.Select(secret => TryReadKey(secret, out var key) ? key : throw new InvalidOperationException("The options were not validated."))];

    /// <summary>Puts id, time and a signature by each key, the newest first, on a request.</summary>
    /// <param name="id">The message's id: the same for each attempt.</param>
    public void Sign(HttpRequestMessage request, string id, byte[] body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Signed(id, timestamp, body);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", string.Join(' ', keys.Select(key => Sign(key, signed))));
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
        // All are compared: the time does not tell which is right.
        var claimed = signatures.Split(' ').Select(Encoding.UTF8.GetBytes);
        return claimed.Sum(signature => right.Count(own => CryptographicOperations.FixedTimeEquals(signature, own))) > 0;
    }

    private static byte[] Signed(string id, string timestamp, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];

    private static string Sign(byte[] key, byte[] signed) => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
}
