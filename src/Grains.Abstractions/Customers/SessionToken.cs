using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Otp.Keys;

namespace Otp.Customers;

/// <summary>Base64url of a secret of 256 bits, which opens a session, and of the hash in its grain's key, which leads to it.</summary>
public static class SessionToken
{
    /// <summary>The size of the secret, in bytes.</summary>
    public const int SecretSize = 32;

    private const int Size = SecretSize + GrainKeys.DigestSize;

    /// <summary>Joins a secret with the key of its grain.</summary>
    public static string Compose(ReadOnlySpan<byte> secret, string grainKey)
    {
        Span<byte> token = stackalloc byte[Size];
        secret.CopyTo(token);
        GrainKeys.CopyDigest(grainKey, token[SecretSize..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Takes a token apart.</summary>
    /// <param name="program">The program whose session it must be: a token of another one leads to no session.</param>
    /// <param name="grainKey">The key of the target's grain.</param>
    /// <returns>False if it is no token.</returns>
    public static bool TryRead(
        string token, string program, [NotNullWhen(true)] out string? grainKey, [NotNullWhen(true)] out SessionQuery? session)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (token.Length != Base64Url.GetEncodedLength(Size) || Base64Url.DecodeFromChars(token, bytes, out _, out var read) != OperationStatus.Done || read != Size)
        {
            (grainKey, session) = (null, null);
            return false;
        }

        grainKey = GrainKeys.Compose(program, bytes[SecretSize..]);
        session = new SessionQuery([.. bytes[..SecretSize]]);
        return true;
    }
}

/// <summary>Names a session of a target by the secret in its token.</summary>
[GenerateSerializer, Immutable, Alias("otp.SessionQuery")]
public sealed record SessionQuery([property: Id(0)] ImmutableArray<byte> Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(SessionQuery);
}
