using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Keys;

/// <summary>The service's secret keys: the configured ones, and one for each further use, derived from the index key.</summary>
/// <remarks>Each use has a key of its own: HKDF-SHA-256 with the use as its info, so that no output of one use reveals anything about another.</remarks>
public sealed class ServiceKeys(IOptions<OtpOptions> options)
{
    /// <summary>Keys that codes are derived with, the newest first.</summary>
    public ImmutableArray<byte[]> Codes { get; } = [.. options.Value.CodeKeys.Select(Convert.FromBase64String)];

    /// <summary>Hides targets in grain keys: the index key itself.</summary>
    public byte[] Target { get; } = Convert.FromBase64String(options.Value.IndexKey!);

    /// <summary>Hides callers' idempotency keys and payloads.</summary>
    public byte[] Operation { get; } = Derive(options, "operation");

    /// <summary>Makes session tokens.</summary>
    public byte[] Session { get; } = Derive(options, "session");

    /// <summary>Hides session tokens in a customer's record.</summary>
    public byte[] SessionHash { get; } = Derive(options, "session hash");

    /// <summary>Seals the personal data in a customer's record.</summary>
    public byte[] Customer { get; } = Derive(options, "customer");

    /// <summary>Hides members' RelationReferences in grain keys and tokens.</summary>
    public byte[] MemberReference { get; } = Derive(options, "member reference");

    /// <summary>Hides members' e-mail addresses in grain keys.</summary>
    public byte[] MemberEmail { get; } = Derive(options, "member e-mail");

    /// <summary>Seals the personal data in a member's record.</summary>
    public byte[] Member { get; } = Derive(options, "member");

    /// <summary>Makes the SIDs of verifications from their codes' nonces.</summary>
    public byte[] VerificationSid { get; } = Derive(options, "verification sid");

    /// <summary>Hides verifications' SIDs in grain keys.</summary>
    public byte[] Verification { get; } = Derive(options, "verification");

    /// <summary>Seals where a verification's code went and what it approves.</summary>
    public byte[] VerificationDetails { get; } = Derive(options, "verification details");

    /// <summary>Makes the ids of events.</summary>
    public byte[] Event { get; } = Derive(options, "event");

    /// <summary>Seals the address in an event.</summary>
    public byte[] EventTarget { get; } = Derive(options, "event target");

    /// <summary>Binds codes to payments.</summary>
    public byte[] Payment { get; } = Derive(options, "payment");

    /// <summary>Seals the tokens in the addresses that providers report to.</summary>
    public byte[] ReceiptToken { get; } = Derive(options, "receipt token");

    /// <summary>Seals what a message needs to be handed over to another provider.</summary>
    public byte[] HandOver { get; } = Derive(options, "hand-over");

    private static byte[] Derive(IOptions<OtpOptions> options, string use) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Convert.FromBase64String(options.Value.IndexKey!), 32, info: Encoding.ASCII.GetBytes($"orleans.otp {use}"));
}
