using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Customers;

/// <summary>What can be done with a session token without knowing whose it is.</summary>
public static class SessionToken
{
    /// <summary>The key of the token's <see cref="ISessionGrain"/>: base64url SHA-256, 43 characters.</summary>
    public static string KeyOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
