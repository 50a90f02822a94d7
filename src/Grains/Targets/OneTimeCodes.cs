using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Otp.Keys;

namespace Otp.Targets;

/// <summary>
/// Derives codes from stored nonces: HMAC-SHA-256(code key, nonce, program, target, purpose), reduced to the code's digits without bias.
/// Somebody who reads the storage but lacks the key learns nothing about any code.
/// </summary>
public sealed class OneTimeCodes
{
    private readonly ImmutableArray<(uint Id, KeyedHash Hash)> _keys;

    public OneTimeCodes(ServiceKeys keys) => _keys = [.. keys.Codes.Select(key => (IdOf(key), new KeyedHash(key)))];

    /// <summary>The key that new codes are derived with.</summary>
    public uint CurrentKeyId => _keys[0].Id;

    /// <summary>The code's digits.</summary>
    /// <exception cref="KeyNotFoundException">The configuration no longer has the key that the code was derived with.</exception>
    public string Derive(LiveCode code, string program, Target target) => FindKey(code) is { } key
        ? Derive(key, code, program, target)
        : throw new KeyNotFoundException("Otp:CodeKeys no longer has the key that a live code was derived with.");

    /// <summary>Whether <paramref name="guess"/> is the code, compared in constant time. A code whose key was removed matches nothing.</summary>
    public bool Matches(LiveCode code, string program, Target target, string guess) => FindKey(code) is { } key
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Derive(key, code, program, target)), Encoding.UTF8.GetBytes(guess));

    /// <summary>The state without codes whose key the settings no longer have: nobody can derive them, so they are dead. The same object if there are none.</summary>
    public TargetState Forget(TargetState state) =>
        state.Codes.Any(code => FindKey(code) is null) ? state with { Codes = state.Codes.RemoveAll(code => FindKey(code) is null) } : state;

    /// <summary>The offset that makes a new code have these digits.</summary>
    /// <param name="fresh">The new code's nonce and key id.</param>
    /// <param name="purpose">Its purpose.</param>
    /// <param name="program">The program.</param>
    /// <param name="target">The target.</param>
    /// <param name="digits">The digits that it shall have.</param>
    /// <returns>Never 0: the range itself stands for it, so that a caller's own code can be told from a derived one.</returns>
    public ulong OffsetOf((Guid Nonce, uint KeyId) fresh, Purpose purpose, string program, Target target, string digits)
    {
        var range = RangeOf(digits.Length);
        var derived = ulong.Parse(Derive(new LiveCode(purpose, fresh.Nonce, fresh.KeyId, digits.Length, ExpiresAt: 0), program, target), CultureInfo.InvariantCulture);
        var offset = (ulong.Parse(digits, CultureInfo.InvariantCulture) + range - derived) % range;
        return offset == 0 ? range : offset;
    }

    private KeyedHash? FindKey(LiveCode code)
    {
        foreach (var (id, hash) in _keys)
        {
            if (id == code.KeyId)
            {
                return hash;
            }
        }

        return null;
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

        var range = RangeOf(code.Length);
        var unbiased = ulong.MaxValue - (ulong.MaxValue % range) - 1;
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        for (var round = 0; ; round++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(input[20..], round);
            key.Compute(input, hash);
            for (var i = 0; i < KeyedHash.Size; i += 8)
            {
                var value = BinaryPrimitives.ReadUInt64LittleEndian(hash[i..]);
                if (value <= unbiased)
                {
                    return (((value % range) + code.Offset) % range).ToString(CultureInfo.InvariantCulture).PadLeft(code.Length, '0');
                }
            }
        }
    }

    private static ulong RangeOf(int length) => (ulong)Math.Pow(10, length);

    private static uint IdOf(byte[] key) =>
        BinaryPrimitives.ReadUInt32LittleEndian(HMACSHA256.HashData(key, "orleans.otp code key id"u8));
}
