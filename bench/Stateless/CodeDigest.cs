using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Otp.Keys;
using Otp.Targets;

namespace Otp.Stateless;

/// <summary>
/// What is stored of a code beside its nonce, so that a script can compare a guess in the one round trip:
/// HMAC-SHA-256(code key, program, target, code), cut to 128 bits.
/// </summary>
internal sealed class CodeDigest(ServiceKeys keys)
{
    public const int Size = 16;

    public byte[] Of(string program, Target target, string code)
    {
        Span<byte> input = stackalloc byte[512];
        var end = 4 + Encoding.UTF8.GetBytes(program, input[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(input, end);
        end += Encoding.UTF8.GetBytes(code, input[end..]);
        end += Encoding.UTF8.GetBytes(target.Value, input[end..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.Codes[0], input[..end], hash);
        return hash[..Size].ToArray();
    }
}
