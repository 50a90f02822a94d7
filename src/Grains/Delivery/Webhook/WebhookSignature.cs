using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Delivery;

/// <summary>How requests are signed after Standard Webhooks.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

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
    /// <param name="request">The request.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="id">The message's id: the same for each attempt.</param>
    /// <param name="now">The time of this attempt.</param>
    /// <param name="body">The request's body.</param>
    public static void Sign(HttpRequestMessage request, byte[][] keys, string id, DateTimeOffset now, byte[] body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body];
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}")));
    }
}
