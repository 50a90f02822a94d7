using System.Globalization;
using System.Net;
using Orleans.Redis;
using Orleans.Runtime;

namespace Orleans.Clustering.Redis;

/// <summary>
/// A member as the table holds it: the field <c>silo/{endpoint}:{generation}</c>, the data <c>{state} {gateway endpoint} {name}</c>, and
/// what it has handed over as <c>{version}</c> or <c>{version}!{hash},{hash}…</c>.
/// </summary>
internal static class MemberFormat
{
    internal static string Endpoint(ClusterMember member) => $"{MembershipScript.FieldPrefix}{member.Silo.Endpoint}:";

    internal static string Field(ClusterMember member) => string.Create(CultureInfo.InvariantCulture, $"{Endpoint(member)}{member.Silo.Generation}");

    internal static string Data(ClusterMember member) => $"{member.State} {member.Gateway} {member.Name}";

    internal static string Text(HandedOver handedOver)
    {
        var version = handedOver.Version.ToString(CultureInfo.InvariantCulture);
        return handedOver.Except.IsEmpty ? version : $"{version}!{string.Join(',', handedOver.Except.Select(static hash => hash.ToString("x", CultureInfo.InvariantCulture)))}";
    }

    /// <summary>Reads a member: its field, and its version in front of its data.</summary>
    /// <exception cref="FormatException">The table holds something else.</exception>
    internal static ClusterMember Read(in RespValue field, in RespValue data)
    {
        var parts = data.AsText()?.Split(' ', 4) ?? [];
        return parts.Length == 4
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            && Enum.TryParse<MemberState>(parts[1], out var state)
            && IPEndPoint.TryParse(parts[2], out var gateway)
            ? new(ReadAddress(field), gateway, parts[3], state, since)
            : throw Unknown();
    }

    /// <summary>Reads an address from its field.</summary>
    /// <exception cref="FormatException">The table holds something else.</exception>
    internal static SiloAddress ReadAddress(in RespValue field)
    {
        var address = field.AsText() is { } text && text.StartsWith(MembershipScript.FieldPrefix, StringComparison.Ordinal)
            ? text[MembershipScript.FieldPrefix.Length..]
            : string.Empty;
        var colon = address.LastIndexOf(':');
        return colon > 0
            && IPEndPoint.TryParse(address.AsSpan(0, colon), out var endpoint)
            && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? SiloAddress.New(endpoint, generation)
            : throw Unknown();
    }

    /// <summary>Reads what a member has handed over.</summary>
    /// <exception cref="FormatException">The table holds something else.</exception>
    internal static HandedOver ReadHandedOver(in RespValue value)
    {
        var parts = value.AsText()?.Split('!') ?? [];
        try
        {
            return new(
                long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture),
                parts.Length == 1 ? [] : [.. parts[1].Split(',').Select(static hash => uint.Parse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))]);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw Unknown();
        }
    }

    private static FormatException Unknown() => new("The membership table in Redis has a row of an unknown form.");
}
