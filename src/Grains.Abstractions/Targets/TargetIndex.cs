using Otp.Keys;

namespace Otp.Targets;

/// <summary>Names targets' grains, <c>{program}:{base64url(HMAC-SHA-256(index key, program, target))}</c>, and decoys', <c>{program}~:{…}</c>.</summary>
/// <remarks>
/// A decoy replaces a target that nobody is registered with: it is counted, locked and stored as a real one is, but it is another
/// record, it gets no message, and no code matches it.
/// </remarks>
public sealed class TargetIndex
{
    /// <summary>The shortest index key accepted, in bytes.</summary>
    public const int MinKeyBytes = 32;

    // No program's id holds it.
    private const char DecoyMark = '~';

    private readonly KeyedHash _hash;

    /// <summary>An index with a secret key. The same key always finds the same grains, on every silo.</summary>
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
    public string KeyFor(string programId, Target target) => GrainKeys.Compose(programId, _hash, target.Value);

    /// <summary>The grain key of what stands in, within the program, for whatever <paramref name="name"/> would name.</summary>
    public string DecoyFor(string programId, string name) => GrainKeys.Compose(programId + DecoyMark, _hash, name);

    public static bool IsDecoy(string key) => GrainKeys.ScopeOf(key)[^1] == DecoyMark;

    /// <summary>The program part of a key.</summary>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static string ProgramOf(string key) => GrainKeys.ScopeOf(key).TrimEnd(DecoyMark).ToString();
}
