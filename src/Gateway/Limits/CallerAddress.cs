using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Otp.Gateway.Limits;

/// <summary>
/// Where a request comes from, as limits count it: an IPv4 address, or the /64 network of an IPv6 address, which one host has to itself.
/// </summary>
/// <param name="Value">The address, or the network's first 64 bits.</param>
/// <param name="IsV6">Which of both.</param>
internal readonly record struct CallerAddress(ulong Value, bool IsV6)
{
    private const int V4Bytes = 4;
    private const int V6Bytes = 16;

    /// <summary>The address of the request's caller; behind a configured proxy what that says, else the other end of the connection.</summary>
    public static CallerAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>An address; all callers without one count as one.</summary>
    public static CallerAddress Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[V6Bytes];
        if (address is null || !address.TryWriteBytes(bytes, out _))
        {
            return default;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return V4(bytes);
        }

        return address.IsIPv4MappedToIPv6 ? V4(bytes[(V6Bytes - V4Bytes)..]) : new CallerAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), true);
    }

    /// <summary>Nothing of whom it is.</summary>
    public override string ToString() => nameof(CallerAddress);

    private static CallerAddress V4(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
}
