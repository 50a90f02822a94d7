using System.Security.Cryptography;

namespace Orleans.Otp.Delivery;

/// <summary>Names for messages.</summary>
internal static class RandomIds
{
    /// <summary>128 random bits as 32 hexadecimal digits.</summary>
    public static string HexId(this RandomNumberGenerator random)
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return Convert.ToHexStringLower(bits);
    }
}
