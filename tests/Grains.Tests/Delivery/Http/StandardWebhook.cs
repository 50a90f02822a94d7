using System.Security.Cryptography;
using System.Text;

namespace Otp.Delivery;

/// <summary>The receiver's side of Standard Webhooks, by its specification.</summary>
internal static class StandardWebhook
{
    /// <summary>Whether one of the signatures in the headers is by this secret.</summary>
    public static bool Verify(string secret, string id, string timestamp, string signatures, byte[] body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.").Concat(body).ToArray());
        return signatures.Split(' ').Any(signature =>
            signature.StartsWith("v1,", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(expected, Convert.FromBase64String(signature[3..])));
    }

    public static bool Verify(string secret, ReceivedRequest request) => Verify(
        secret, request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], request.Body);
}
