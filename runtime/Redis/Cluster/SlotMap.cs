using System.Net;

namespace Orleans.Redis;

/// <summary>Which node of a Redis Cluster holds which slot, as far as is known.</summary>
internal sealed class SlotMap
{
    private readonly DnsEndPoint?[] _owners = new DnsEndPoint?[HashSlot.Count];

    public IEnumerable<DnsEndPoint> Owners => _owners.OfType<DnsEndPoint>().Distinct();

    public DnsEndPoint? this[int slot]
    {
        get => Volatile.Read(ref _owners[slot]);
        set => Volatile.Write(ref _owners[slot], value);
    }

    /// <summary>Reads the reply to <c>CLUSTER SLOTS</c>: ranges of slots, each with its master first.</summary>
    /// <returns>Null if it is not such a reply.</returns>
    public static SlotMap? Parse(in RespValue reply, string answeredBy)
    {
        if (reply.Kind != RespKind.Array || reply.Items.Length == 0)
            return null;
        var map = new SlotMap();
        foreach (var range in reply.Items)
        {
            if (range.Items is not [{ Kind: RespKind.Integer } first, { Kind: RespKind.Integer } last, { Items: [var host, var port, ..] }, ..])
                return null;
            var name = host.AsText() is { Length: > 0 } known ? known : answeredBy;
            var owner = RedisOptions.ParseEndpoint($"[{name}]:{port.Integer}");
            if (owner is null || first.Integer < 0 || last.Integer >= HashSlot.Count)
                return null;
            for (var slot = first.Integer; slot <= last.Integer; slot++)
                map._owners[slot] = owner;
        }

        return map;
    }
}
