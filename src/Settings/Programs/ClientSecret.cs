using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Programs;

/// <summary>One of a client's valid secrets.</summary>
/// <param name="Hash">Its hash (ASP.NET Core Identity's format).</param>
public sealed record ClientSecret(string Hash)
{
    private const int IdBytes = 8;

    /// <summary>Names the secret in the tokens issued with it, which end when it is removed: the start of its hash's SHA-256, base64url.</summary>
    public string Id { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Hash)).AsSpan(0, IdBytes));

    /// <summary>Without the hash.</summary>
    public override string ToString() => $"{nameof(ClientSecret)} {Id}";
}
