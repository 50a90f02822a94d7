using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Keys;

/// <summary>The service's secret keys: those of the configuration and, for every further use, one derived from the index key.</summary>
/// <remarks>One use, one key: HKDF-SHA-256 with the use as its info, so that no output of one use says anything about another.</remarks>
public sealed class ServiceKeys
{
    public ServiceKeys(IOptions<OtpOptions> options)
    {
        var value = options.Value;
        Codes = [.. value.CodeKeys.Select(Convert.FromBase64String)];
        var index = Convert.FromBase64String(value.IndexKey!);
        Target = index;
        Operation = Derive(index, "operation");
        Session = Derive(index, "session");
        Customer = Derive(index, "customer");
        MemberReference = Derive(index, "member reference");
        MemberEmail = Derive(index, "member e-mail");
        Member = Derive(index, "member");
    }

    /// <summary>Keys that codes are derived with, the newest first.</summary>
    public ImmutableArray<byte[]> Codes { get; }

    /// <summary>Hides targets in grain keys: the index key itself.</summary>
    public byte[] Target { get; }

    /// <summary>Hides what callers put into idempotency keys and payloads.</summary>
    public byte[] Operation { get; }

    /// <summary>Makes session tokens.</summary>
    public byte[] Session { get; }

    /// <summary>Seals what a customer record holds in person.</summary>
    public byte[] Customer { get; }

    /// <summary>Hides members' RelationReferences in grain keys and tokens.</summary>
    public byte[] MemberReference { get; }

    /// <summary>Hides members' e-mail addresses in grain keys.</summary>
    public byte[] MemberEmail { get; }

    /// <summary>Seals what a member's record holds in person.</summary>
    public byte[] Member { get; }

    private static byte[] Derive(byte[] key, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: System.Text.Encoding.ASCII.GetBytes("orleans.otp " + use));
}
