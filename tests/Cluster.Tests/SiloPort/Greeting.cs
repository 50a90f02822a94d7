using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Redis;

namespace Otp.Cluster.SiloPort;

/// <summary>The frames with which a connection to a silo of the stand-in engine begins, by hand.</summary>
internal static class Greeting
{
    public const byte Version = 1;

    private const byte Hello = 1;
    private const byte Proof = 3;
    private const uint Magic = 0x534C524F;
    private const int NonceLength = 32;
    private const int ProofLength = 32;

    /// <summary>A greeting that is right but for its version.</summary>
    public static async Task<byte[]> HelloAsync(OneSilo cluster, byte version)
    {
        var content = new List<byte>();
        var start = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(start, Magic | ((ulong)version << 32));
        content.AddRange(start);
        Add(content, new byte[NonceLength]);
        Add(content, Encoding.UTF8.GetBytes("otp"));
        Add(content, Encoding.UTF8.GetBytes(await AddressAsync(cluster)));
        return Frame(Hello, [.. content]);
    }

    /// <summary>A proof by somebody who does not know the secret.</summary>
    public static byte[] WrongProof() => Frame(Proof, new byte[ProofLength]);

    public static byte[] Frame(byte kind, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, 1 + content.Length);
        return [.. length, kind, .. content];
    }

    // The silo's name for other silos, which holds its start: the membership table knows it.
    private static async Task<string> AddressAsync(OneSilo cluster)
    {
        await using var redis = new RedisClient(RedisOptions.Parse(cluster.Cluster.Redis.ConnectionString), TimeProvider.System, NullLogger.Instance);
        var fields = await redis.ExecuteAsync("HKEYS", "otp/members/otp");
        return $"S{fields.Items.Select(f => f.AsText()!).Single(f => f.StartsWith("silo/", StringComparison.Ordinal))["silo/".Length..]}";
    }

    private static void Add(List<byte> content, byte[] bytes)
    {
        content.Add((byte)bytes.Length);
        content.AddRange(bytes);
    }
}
