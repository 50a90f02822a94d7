using System.Net;
using System.Net.Sockets;

namespace Otp.Gateway.Tests.Harness;

/// <summary>A loopback port that nobody listens on, for settings that must name one.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, port: 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
