using System.Security.Cryptography;

namespace Otp.Gateway.Http;

/// <summary>Random names.</summary>
internal static class RandomHex
{
    /// <summary>128 random bits as 32 lower-case hexadecimal digits.</summary>
    public static string Next(RandomNumberGenerator random)
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return Convert.ToHexStringLower(bits);
    }
}
