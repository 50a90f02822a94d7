using System.Buffers.Binary;
using Otp.Keys;

namespace Otp.Verifications;

/// <summary>SIDs of verifications, keyed hashes of their codes' nonces, so that none is stored with a code; and the grain keys they lead to.</summary>
public sealed class VerificationIndex(ServiceKeys keys)
{
    private const string Prefix = "VE";
    private const string SendPrefix = "VL";
    private const int SidBytes = 16;

    private readonly KeyedHash _sids = new(keys.VerificationSid);
    private readonly KeyedHash _grains = new(keys.Verification);

    /// <summary>The SID of the verification whose code has this nonce.</summary>
    public string SidOf(Guid nonce) => Compose(Prefix, nonce, at: 0);

    /// <summary>The SID of a message that the code went out with.</summary>
    /// <param name="at">When it was decided, in UTC ticks.</param>
    public string SendSidOf(Guid nonce, long at) => Compose(SendPrefix, nonce, at);

    /// <summary>The key of the <see cref="IVerificationGrain"/> of a SID.</summary>
    public string KeyFor(string programId, string sid) => GrainKeys.Compose(programId, _grains, sid);

    /// <summary>Whether a text is the SID of a verification, in either case.</summary>
    public static bool TryReadSid(string text, out string sid)
    {
        var isSid = FaultList.IsSid(text, Prefix);
        sid = isSid ? string.Concat(Prefix, text[Prefix.Length..].ToLowerInvariant()) : "";
        return isSid;
    }

    private string Compose(string prefix, Guid nonce, long at)
    {
        Span<byte> input = stackalloc byte[16 + sizeof(long)];
        nonce.TryWriteBytes(input);
        BinaryPrimitives.WriteInt64LittleEndian(input[16..], at);
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        _sids.Compute(input, hash);
        return string.Concat(prefix, Convert.ToHexStringLower(hash[..SidBytes]));
    }
}
