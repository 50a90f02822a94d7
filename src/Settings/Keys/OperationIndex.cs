using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Otp.Keys;

namespace Otp.Targets;

/// <summary>Makes <see cref="Operation"/>s, from a caller's <c>Idempotency-Key</c> or from random bits.</summary>
/// <remarks>
/// The hashes are keyed: a caller may use an address as its idempotency key, and a code has so few values that an unkeyed hash of it could be
/// reversed.
/// </remarks>
public sealed class OperationIndex(ServiceKeys keys, RandomNumberGenerator random)
{
    /// <summary>An operation that nobody but this request can repeat.</summary>
    public Operation New()
    {
        Span<byte> id = stackalloc byte[16];
        random.GetBytes(id);
        return new Operation(new Guid(id), 0);
    }

    /// <summary>The operation that <paramref name="idempotencyKey"/> names.</summary>
    /// <param name="idempotencyKey">The header as it came.</param>
    /// <param name="payload">Everything that distinguishes the request from others, in a fixed order: the kind of call, purpose, code, …</param>
    public Operation From(string idempotencyKey, params ReadOnlySpan<string?> payload)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.Operation);
        Append(hash, idempotencyKey);
        var id = new Guid(hash.GetCurrentHash().AsSpan(0, 16));
        foreach (var part in payload)
        {
            Append(hash, part);
        }

        var fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(hash.GetCurrentHash());
        return new Operation(id, fingerprint == 0 ? 1 : fingerprint);
    }

    private static void Append(IncrementalHash hash, string? part)
    {
        var bytes = Encoding.UTF8.GetBytes(part ?? "");
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
