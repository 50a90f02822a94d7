using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Otp.Keys;

namespace Otp.Targets;

/// <summary>
/// Derives codes from what is remembered of them: HMAC-SHA-256(code key, nonce, program, target, purpose), reduced to the code's
/// digits without bias. Whoever reads the storage but lacks the key learns nothing about any code.
/// </summary>
public sealed class OneTimeCodes
{
    private readonly ImmutableArray<(uint Id, KeyedHash Key)> _keys;

    public OneTimeCodes(ServiceKeys keys) => _keys = [.. keys.Codes.Select(key => (IdOf(key), new KeyedHash(key)))];

    /// <summary>The key that new codes are derived with.</summary>
    public uint CurrentKeyId => _keys[0].Id;

    /// <summary>The code's digits.</summary>
    /// <exception cref="KeyNotFoundException">The key it was made with is no longer in the configuration.</exception>
    public string Derive(LiveCode code, string program, Target target)
    {
        foreach (var (id, key) in _keys)
        {
            if (id == code.KeyId)
            {
                return Derive(key, code, program, target);
            }
        }

        throw new KeyNotFoundException("A live code was made with a key that Otp:CodeKeys no longer holds.");
    }

    /// <summary>Whether <paramref name="guess"/> is the code; takes the same time wherever they differ. A code whose key is gone matches nothing.</summary>
    public bool Matches(LiveCode code, string program, Target target, string guess)
    {
        foreach (var (id, key) in _keys)
        {
            if (id == code.KeyId)
            {
                var expected = Derive(key, code, program, target);
                return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(guess));
            }
        }

        return false;
    }

    private static string Derive(KeyedHash key, LiveCode code, string program, Target target)
    {
        var size = 16 + 4 + 4 + 4 + Encoding.UTF8.GetByteCount(program) + Encoding.UTF8.GetByteCount(target.Value);
        Span<byte> input = size <= 512 ? stackalloc byte[size] : new byte[size];
        code.Nonce.TryWriteBytes(input);
        BinaryPrimitives.WriteInt32LittleEndian(input[16..], (int)code.Purpose);
        var end = 28 + Encoding.UTF8.GetBytes(program, input[28..]);
        BinaryPrimitives.WriteInt32LittleEndian(input[24..], end - 28);
        Encoding.UTF8.GetBytes(target.Value, input[end..]);

        var range = (ulong)Math.Pow(10, code.Length);
        var unbiased = ulong.MaxValue - (ulong.MaxValue % range) - 1;
        Span<byte> hash = stackalloc byte[32];
        for (var round = 0; ; round++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(input[20..], round);
            key.Compute(input, hash);
            for (var i = 0; i < 32; i += 8)
            {
                var value = BinaryPrimitives.ReadUInt64LittleEndian(hash[i..]);
                if (value <= unbiased)
                {
                    return (value % range).ToString(CultureInfo.InvariantCulture).PadLeft(code.Length, '0');
                }
            }
        }
    }

    private static uint IdOf(byte[] key) =>
        BinaryPrimitives.ReadUInt32LittleEndian(HMACSHA256.HashData(key, "orleans.otp code key id"u8));
}
