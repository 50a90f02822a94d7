using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Otp.Delivery;

/// <summary>Ids and numbers from a source of randomness.</summary>
internal static class RandomIds
{
    /// <summary>128 random bits as 32 hexadecimal digits.</summary>
    public static string HexId(this RandomNumberGenerator random)
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return Convert.ToHexStringLower(bits);
    }

    /// <summary>A number of [0, 1).</summary>
    public static double NextDouble(this RandomNumberGenerator random)
    {
        Span<byte> bits = stackalloc byte[8];
        random.GetBytes(bits);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bits) >> 11) * (1.0 / (1UL << 53));
    }
}
