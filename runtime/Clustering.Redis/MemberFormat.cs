using System.Globalization;
using System.Net;
using Orleans.Redis;
using Orleans.Runtime;

namespace Orleans.Clustering.Redis;

/// <summary>A member as the table holds it: the field <c>silo/{endpoint}:{generation}</c>, the data <c>{state} {gateway endpoint} {name}</c>.</summary>
internal static class MemberFormat
{
    private const string Active = "active";
    private const string Leaving = "leaving";

    internal static string Endpoint(ClusterMember member) => $"{MembershipScript.FieldPrefix}{member.Silo.Endpoint}:";

    internal static string Field(ClusterMember member) => string.Create(CultureInfo.InvariantCulture, $"{Endpoint(member)}{member.Silo.Generation}");

    internal static string Data(ClusterMember member) => $"{(member.IsLeaving ? Leaving : Active)} {member.Gateway} {member.Name}";

    /// <summary>Reads a member.</summary>
    /// <exception cref="FormatException">The table holds something else.</exception>
    internal static ClusterMember Read(in RespValue field, in RespValue data)
    {
        var address = field.AsText() is { } text && text.StartsWith(MembershipScript.FieldPrefix, StringComparison.Ordinal)
            ? text[MembershipScript.FieldPrefix.Length..]
            : string.Empty;
        var colon = address.LastIndexOf(':');
        var parts = data.AsText()?.Split(' ', 3) ?? [];
        return colon > 0 && parts.Length == 3
            && IPEndPoint.TryParse(address.AsSpan(0, colon), out var endpoint)
            && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            && IPEndPoint.TryParse(parts[1], out var gateway)
            ? new(SiloAddress.New(endpoint, generation), gateway, parts[2], parts[0] == Leaving)
            : throw new FormatException("The membership table in Redis has a row of an unknown form.");
    }
}
