using System.Security.Cryptography;
using System.Text;

namespace Otp.Delivery;

/// <summary>Twilio's signature: HMAC-SHA-1 with the auth token of the address and of each field, by name, followed by its value.</summary>
internal sealed class TwilioSignature(string authToken)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(authToken);

    /// <summary>Whether a signature is Twilio's, compared in constant time.</summary>
    /// <param name="signature">The header <c>X-Twilio-Signature</c>.</param>
    /// <param name="address">The address as Twilio was given it.</param>
    public bool IsOf(string signature, string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var claimed = Encoding.UTF8.GetBytes(signature);
        var text = string.Concat(fields.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => field.Key + field.Value));

        // Of a port in the address, some of Twilio's products sign it and some do not.
        var url = new Uri(address);
        string[] spellings = [address, $"{url.Scheme}://{url.Host}{url.PathAndQuery}", $"{url.Scheme}://{url.Host}:{url.Port}{url.PathAndQuery}"];
        var isTwilios = false;
        foreach (var spelling in spellings)
        {
            isTwilios |= CryptographicOperations.FixedTimeEquals(Sign(spelling + text), claimed);
        }

        return isTwilios;
    }

#pragma warning disable CA5350 // It is Twilio's, and a keyed hash: that SHA-1 has collisions does not break it.
    private byte[] Sign(string text) => Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA1.HashData(_key, Encoding.UTF8.GetBytes(text))));
#pragma warning restore CA5350
}
