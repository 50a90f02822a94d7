using System.Globalization;
using System.Net;

namespace Orleans.Redis;

/// <summary>What a node of a Redis Cluster answers when a slot is, or is going, elsewhere.</summary>
internal readonly record struct Redirection(bool IsPermanent, int Slot, DnsEndPoint Target)
{
    /// <summary>Reads <c>MOVED slot host:port</c> or <c>ASK slot host:port</c>; no host means the host that answered.</summary>
    /// <returns>Null if the error is none of them.</returns>
    public static Redirection? Parse(in RespValue error, string answeredBy)
    {
        var isPermanent = error.Bytes.AsSpan().StartsWith("MOVED "u8);
        if (!isPermanent && !error.Bytes.AsSpan().StartsWith("ASK "u8))
            return null;
        var words = error.AsText()!.Split(' ');
        if (words.Length < 3 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var slot) || slot >= HashSlot.Count)
            return null;
        var target = RedisOptions.ParseEndpoint(words[2].StartsWith(':') ? answeredBy + words[2] : words[2]);
        return target is null ? null : new Redirection(isPermanent, slot, target);
    }
}
