using System.Buffers.Text;
using System.Text;
using Orleans.Otp.Keys;

namespace Orleans.Otp.Targets;

/// <summary>
/// Names the grain of a program's target: <c>{program}:{base64url(HMAC-SHA-256(index key, canonical target))}</c>.
/// Keyed, so that whoever reads the storage cannot find out by guessing whose record a key names.
/// </summary>
public sealed class TargetIndex
{
    /// <summary>The shortest index key accepted, in bytes.</summary>
    public const int MinKeyBytes = 32;

    private const char Separator = ':';
    private const int MaxStackBytes = 512;

    // 32 bytes in base64url without padding.
    private const int DigestChars = 43;

    private readonly KeyedHash _hash;

    /// <summary>An index over a secret key; the same key, on every silo and for ever, finds the same grains.</summary>
    /// <exception cref="ArgumentException">The key is shorter than <see cref="MinKeyBytes"/>.</exception>
    public TargetIndex(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinKeyBytes)
        {
            throw new ArgumentException($"The index key must have at least {MinKeyBytes} bytes.", nameof(key));
        }

        _hash = new KeyedHash(key.ToArray());
    }

    /// <summary>The grain key of the target within the program: different in every program, the same on every silo.</summary>
    public string KeyFor(string programId, Target target)
    {
        ArgumentException.ThrowIfNullOrEmpty(programId);
        Span<byte> canonical = stackalloc byte[MaxStackBytes];
        if (!Encoding.UTF8.TryGetBytes(target.Value, canonical, out var length))
        {
            throw new ArgumentException("The target is longer than any canonical target.", nameof(target));
        }

        Span<byte> digest = stackalloc byte[KeyedHash.Size];
        _hash.Compute(canonical[..length], digest);
        Span<char> encoded = stackalloc char[DigestChars];
        Base64Url.EncodeToChars(digest, encoded);
        return string.Concat(programId, [Separator], encoded);
    }

    /// <summary>The program part of a key that <see cref="KeyFor"/> made.</summary>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static string ProgramOf(string key)
    {
        // The digest holds no separator; a program id may.
        var end = key.Length - DigestChars - 1;
        return end > 0 && key[end] == Separator
            ? key[..end]
            : throw new FormatException("The key does not name a target grain.");
    }
}
