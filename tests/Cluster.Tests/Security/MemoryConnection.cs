using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Otp.Cluster.Security;

/// <summary>A connection within the process: what one end writes the other reads.</summary>
internal static class MemoryConnection
{
    public static (ConnectionContext Client, ConnectionContext Server) Create()
    {
        var (up, down) = (new Pipe(), new Pipe());
        return (Connect("client", new Duplex(down.Reader, up.Writer)), Connect("server", new Duplex(up.Reader, down.Writer)));
    }

    private static DefaultConnectionContext Connect(string id, IDuplexPipe pipe) => new(id, pipe, pipe);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
