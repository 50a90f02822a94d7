using System.Net.Sockets;
using Orleans.Serialization;

namespace Orleans.StandIn.Networking;

/// <summary>One who belongs to the cluster and keeps to the form of its frames, but to no limit.</summary>
internal sealed class RawCaller : IDisposable
{
    private readonly TcpClient _client = new();
    private FrameReader _frames = null!;

    public static async Task<RawCaller> ConnectAsync(WireSilo silo)
    {
        var caller = new RawCaller();
        await caller._client.ConnectAsync(silo.Member.Gateway, TestContext.Current.CancellationToken);
        caller._frames = new FrameReader(caller._client.GetStream()) { Capacity = 16 * 1024 };
        var handshake = new Handshake(WireCluster.Secret, "wire");
        await handshake.CallAsync(caller._client.GetStream(), caller._frames, silo.Member.Silo, TestContext.Current.CancellationToken);
        return caller;
    }

    /// <summary>The frame of a call of <see cref="IWireGrain"/>.</summary>
    public static byte[] Frame(uint id, string key, string method, params object[] arguments)
    {
        var request = ProxyEmitter.ProxyOf(typeof(IWireGrain)).Requests.Single(request => request.Method.Name == method).Create();
        for (var i = 0; i < arguments.Length; i++)
        {
            request.SetArgument(i, arguments[i]);
        }

        var call = new RemoteCall(request.Pend(), GrainId.Create("wire", key), isForwarded: false);
        return Messages.Request(id, call, viewVersion: 1, SafetyTimeout.Span).Written.ToArray();
    }

    /// <summary>Sends frames in one piece.</summary>
    public async Task SendAsync(params IEnumerable<byte[]> frames) =>
        await _client.GetStream().WriteAsync(frames.SelectMany(static frame => frame).ToArray(), TestContext.Current.CancellationToken);

    /// <summary>Reads frames up to the first that is a fault.</summary>
    /// <returns>The call's number, and the fault.</returns>
    public async Task<(uint Id, Exception Fault)> NextFaultAsync()
    {
        while (await _frames.NextAsync(Wire.MaxFrame, TestContext.Current.CancellationToken).AsTask().InTime() is { } frame)
        {
            if ((FrameKind)frame.ReadByte() == FrameKind.Fault)
            {
                var id = (uint)frame.ReadVarint();
                frame.ReadVarint();
                return (id, Faults.Read(frame));
            }
        }

        throw new InvalidOperationException("The silo closed the connection.");
    }

    /// <summary>Reads to the end of the connection.</summary>
    public async Task EndAsync()
    {
        try
        {
            while (await _frames.NextAsync(Wire.MaxFrame, TestContext.Current.CancellationToken).AsTask().InTime() is not null)
            {
                // Whatever it was.
            }
        }
        catch (Exception exception) when (exception is IOException or MalformedMessageException)
        {
            // It was cut off.
        }
    }

    public void Dispose() => _client.Dispose();
}
