using System.Net;
using System.Net.Sockets;
using Otp.Text;

namespace Otp.Gateway.Limits;

/// <summary>Where an end user is, as a caller writes it.</summary>
internal static class EndUserAddress
{
    /// <summary>Reads an IP address with or without port, brackets and zone; of a list, as proxies make it, the first. Null for anything else.</summary>
    public static IPAddress? Read(string? text)
    {
        var host = UpTo(PastedText.Clean(text ?? ""), ", ;\t");
        if (host is ['[', ..])
        {
            host = UpTo(host[1..], "]");
        }
        else if (host.Count(':') == 1)
        {
            host = UpTo(host, ":");
        }

        host = UpTo(host, "%");

        // The framework's parser takes more than addresses, such as "1" and "10.1".
        return IPAddress.TryParse(host, out var address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || host.SequenceEqual(address.ToString()))
            ? address
            : null;
    }

    private static ReadOnlySpan<char> UpTo(ReadOnlySpan<char> text, ReadOnlySpan<char> ends)
    {
        var end = text.IndexOfAny(ends);
        return end < 0 ? text : text[..end];
    }
}
