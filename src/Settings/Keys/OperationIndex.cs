using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Otp.Keys;

namespace Otp.Operations;

/// <summary>Makes <see cref="Operation"/>s, from a caller's <c>Idempotency-Key</c> or from random bits.</summary>
/// <remarks>
/// Hashes are keyed, because a caller may well use an address as its key, and a code has few enough values to be found from
/// an unkeyed hash.
/// </remarks>
public sealed class OperationIndex(ServiceKeys keys, RandomNumberGenerator random)
{
    private const int MaxStackBytes = 1_024;

    private readonly KeyedHash _hash = new(keys.Operation);

    /// <summary>An operation that nobody but this request can repeat.</summary>
    public Operation New()
    {
        Span<byte> id = stackalloc byte[16];
        random.GetBytes(id);
        return new Operation(new Guid(id), 0);
    }

    /// <summary>The operation that <paramref name="idempotencyKey"/> names.</summary>
    /// <param name="idempotencyKey">The header as it came.</param>
    /// <param name="payload">Everything that makes the request this request, in a fixed order: the kind of call, purpose, code, …</param>
    public Operation From(string idempotencyKey, params ReadOnlySpan<string?> payload)
    {
        var size = SizeOf(idempotencyKey);
        foreach (var part in payload)
        {
            size += SizeOf(part);
        }

        Span<byte> input = size <= MaxStackBytes ? stackalloc byte[size] : new byte[size];
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        var end = Append(input, idempotencyKey);
        _hash.Compute(input[..end], hash);
        var id = new Guid(hash[..16]);
        foreach (var part in payload)
        {
            end += Append(input[end..], part);
        }

        _hash.Compute(input[..end], hash);
        var fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        return new Operation(id, fingerprint == 0 ? 1 : fingerprint);
    }

    private static int SizeOf(string? part) => 4 + Encoding.UTF8.GetMaxByteCount(part?.Length ?? 0);

    private static int Append(Span<byte> input, string? part)
    {
        var length = Encoding.UTF8.GetBytes(part, input[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(input, part is null ? -1 : length);
        return 4 + length;
    }
}
