using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Otp.Cluster.Processes;

/// <summary>Finds loopback ports that nobody listens on, and gives none of them twice: who was given one may not listen yet.</summary>
/// <remarks>
/// Below the range that systems take outgoing connections' ports from: a process that is restarted on its port would otherwise find it taken
/// now and then, and one that keeps connecting to a closed port would end up connected to itself.
/// </remarks>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    private static int _next = RandomNumberGenerator.GetInt32(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
