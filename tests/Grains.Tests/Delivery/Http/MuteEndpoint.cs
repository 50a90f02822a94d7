using System.Net;
using System.Net.Sockets;

namespace Otp.Delivery;

/// <summary>A port of the loopback that takes connections and says nothing.</summary>
internal sealed class MuteEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MuteEndpoint() => _listener.Start();

    public string Address => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
