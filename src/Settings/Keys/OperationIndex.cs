using System.Buffers.Binary;
using System.Text;
using Otp.Keys;

namespace Otp.Targets;

/// <summary>Makes <see cref="Operation"/>s, from callers' <c>Idempotency-Key</c>s.</summary>
/// <remarks>
/// The hashes are keyed: a caller may use an address as its idempotency key, and a code has so few values that an unkeyed hash of it could be
/// reversed.
/// </remarks>
public sealed class OperationIndex(ServiceKeys keys)
{
    private readonly KeyedHash _hash = new(keys.Operation);

    /// <summary>The operation that <paramref name="idempotencyKey"/> names.</summary>
    /// <param name="idempotencyKey">The header as it came.</param>
    /// <param name="payload">Everything that distinguishes the request from others, in a fixed order: the kind of call, purpose, code, …</param>
    public Operation From(string idempotencyKey, params ReadOnlySpan<string?> payload)
    {
        var size = SizeOf(idempotencyKey);
        foreach (var part in payload)
        {
            size += SizeOf(part);
        }

        Span<byte> input = size <= 512 ? stackalloc byte[size] : new byte[size];
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        var end = Write(input, idempotencyKey);
        _hash.Compute(input[..end], hash);
        var id = new Guid(hash[..16]);
        foreach (var part in payload)
        {
            end += Write(input[end..], part);
        }

        _hash.Compute(input, hash);
        var fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        return new Operation(id, fingerprint == 0 ? 1 : fingerprint);
    }

    private static int SizeOf(string? part) => sizeof(int) + Encoding.UTF8.GetByteCount(part ?? "");

    private static int Write(Span<byte> input, string? part)
    {
        var length = Encoding.UTF8.GetBytes(part, input[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(input, part is null ? -1 : length);
        return sizeof(int) + length;
    }
}
