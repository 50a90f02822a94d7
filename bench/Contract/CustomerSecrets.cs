using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Otp.Customers;
using Otp.Keys;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>Makes a customer's id and its sessions' tokens, and seals what is stored of it, as the service does.</summary>
public sealed class CustomerSecrets(ServiceKeys keys, Seal seal, RandomNumberGenerator random)
{
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);

    /// <summary>The token of the session that a proof opens: the same for a repeat, and stored nowhere.</summary>
    public string TokenFor(string key, Proof proof)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(key)];
        proof.Nonce.TryWriteBytes(input);
        Encoding.UTF8.GetBytes(key, input.AsSpan(16));
        return Base64Url.EncodeToString(HMACSHA256.HashData(keys.Session, input));
    }

    public string NewId()
    {
        Span<byte> id = stackalloc byte[12];
        random.GetBytes(id);
        return Convert.ToHexStringLower(id);
    }

    /// <summary>The name as it is stored; empty if there is none.</summary>
    public byte[] SealName(string key, string? name) =>
        string.IsNullOrEmpty(name) ? [] : Bytes(seal.Close(keys.Customer, Encoding.UTF8.GetBytes(name), key));

    /// <summary>Who the customer is that has proven a target.</summary>
    public Identity IdentityOf(string key, Target target, Proof proof, string id, byte[] sealedName) => new(
        id,
        target.Channel == Channel.Email ? target.Value : null,
        target.Channel == Channel.Phone ? target.Value : null,
        sealedName.Length > 0
            ? Encoding.UTF8.GetString(Seal.Open(keys.Customer, ImmutableCollectionsMarshal.AsImmutableArray(sealedName), key))
            : null,
        Verified: true,
        proof.At,
        TrustLevel: "verified");

    /// <summary>The identity as a session stores it: only its token opens it.</summary>
    public byte[] SealIdentity(string token, string sessionKey, Identity identity)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(identity, ApiJson.Default.Identity);
        return Bytes(seal.Close(KeyFrom(token), plain, sessionKey));
    }

    /// <summary>The key of a token's session: its SHA-256 in base64url, 43 characters.</summary>
    public static string SessionKeyOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static byte[] KeyFrom(string token) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: "orleans.otp session seal"u8.ToArray());

    private static byte[] Bytes(ImmutableArray<byte> bytes) => ImmutableCollectionsMarshal.AsArray(bytes)!;
}
