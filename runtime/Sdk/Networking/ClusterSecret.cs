using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Orleans.Runtime;

/// <summary>What processes of one cluster know and nobody else: <c>Orleans:ClusterSecret</c>, base64.</summary>
internal sealed class ClusterSecret
{
    private const int MinLength = 32;

    private readonly byte[] _key;

    internal ClusterSecret(ReadOnlySpan<byte> key)
    {
        _key = key.Length >= MinLength
            ? key.ToArray()
            : throw new OrleansConfigurationException($"Orleans:ClusterSecret must have {MinLength} bytes or more, in base64.");
    }

    /// <summary>Reads the secret from the host's configuration.</summary>
    /// <exception cref="OrleansConfigurationException">It is missing, too short or not base64.</exception>
    internal static ClusterSecret From(IConfiguration configuration)
    {
        var text = configuration["Orleans:ClusterSecret"] ?? "";
        var key = new byte[text.Length];
        return new(Convert.TryFromBase64String(text, key, out var length) ? key.AsSpan(0, length) : []);
    }

    /// <summary>Proves the knowledge of the secret for one exchange.</summary>
    /// <param name="side">The side that proves; so that no proof is good for the other.</param>
    /// <param name="transcript">All that was said before, both sides' random numbers in it.</param>
    internal byte[] Prove(byte side, ReadOnlySpan<byte> transcript)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData([side]);
        hmac.AppendData(transcript);
        return hmac.GetHashAndReset();
    }

    internal bool IsProved(ReadOnlySpan<byte> proof, byte side, ReadOnlySpan<byte> transcript) =>
        CryptographicOperations.FixedTimeEquals(proof, Prove(side, transcript));
}
