using System.Buffers.Binary;
using System.Security.Cryptography;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>How two processes find out that both belong to the cluster: each proves the secret over random numbers of both.</summary>
/// <param name="secret">The cluster's secret.</param>
/// <param name="clusterId">The cluster's name.</param>
internal sealed class Handshake(ClusterSecret secret, string clusterId)
{
    private const uint Magic = 0x534C524F;
    private const int NonceLength = 32;
    private const byte Caller = (byte)'C';
    private const byte Called = (byte)'S';

    /// <summary>The connecting side.</summary>
    /// <param name="stream">The new connection.</param>
    /// <param name="frames">Its reader.</param>
    /// <param name="silo">The silo that is meant.</param>
    /// <param name="cancellationToken">The end of the patience.</param>
    /// <exception cref="MalformedMessageException">The other side is not that silo.</exception>
    internal async Task CallAsync(Stream stream, FrameReader frames, SiloAddress silo, CancellationToken cancellationToken)
    {
        var hello = Hello(silo);
        await SendAsync(stream, FrameKind.Hello, hello, cancellationToken);
        var challenge = await ReceiveAsync(frames, FrameKind.Challenge, cancellationToken);
        if (challenge is not [Wire.Version, ..] || challenge.Length != 1 + NonceLength)
        {
            throw new MalformedMessageException("It speaks another version.");
        }

        byte[] transcript = [.. hello, .. challenge];
        await SendAsync(stream, FrameKind.Proof, secret.Prove(Caller, transcript), cancellationToken);
        if (!secret.IsProved(await ReceiveAsync(frames, FrameKind.Welcome, cancellationToken), Called, transcript))
        {
            throw new MalformedMessageException("It does not know the cluster's secret.");
        }
    }

    /// <summary>The side that is connected to.</summary>
    /// <param name="stream">The new connection.</param>
    /// <param name="frames">Its reader.</param>
    /// <param name="self">This silo.</param>
    /// <param name="cancellationToken">The end of the patience.</param>
    /// <exception cref="MalformedMessageException">The other side does not belong here; the message says why.</exception>
    internal async Task AnswerAsync(Stream stream, FrameReader frames, SiloAddress self, CancellationToken cancellationToken)
    {
        var hello = await ReceiveAsync(frames, FrameKind.Hello, cancellationToken);
        Check(hello, self);
        byte[] challenge = [Wire.Version, .. RandomNumberGenerator.GetBytes(NonceLength)];
        await SendAsync(stream, FrameKind.Challenge, challenge, cancellationToken);
        byte[] transcript = [.. hello, .. challenge];
        if (!secret.IsProved(await ReceiveAsync(frames, FrameKind.Proof, cancellationToken), Caller, transcript))
        {
            throw new MalformedMessageException("It does not know the cluster's secret.");
        }

        await SendAsync(stream, FrameKind.Welcome, secret.Prove(Called, transcript), cancellationToken);
    }

    private byte[] Hello(SiloAddress silo)
    {
        var writer = new WireWriter();
        writer.WriteFixed64(Magic | ((ulong)Wire.Version << 32));
        writer.WriteBytes(RandomNumberGenerator.GetBytes(NonceLength));
        writer.WriteString(clusterId);
        writer.WriteString(silo.ToString());
        return writer.Written.ToArray();
    }

    private void Check(byte[] hello, SiloAddress self)
    {
        var reader = new WireReader();
        reader.Reset(hello, 0, hello.Length);
        var greeting = reader.ReadFixed64();
        var fault = (uint)greeting != Magic ? "It does not speak this protocol."
            : greeting >> 32 != Wire.Version ? $"It speaks version {greeting >> 32} of the protocol, not {Wire.Version}."
            : reader.ReadBytes().Length != NonceLength ? "Its greeting is cut off."
            : reader.ReadString() != clusterId ? "It means another cluster."
            : reader.ReadString() != self.ToString() ? "It means another silo, or another run of this one."
            : null;
        if (fault is not null)
        {
            throw new MalformedMessageException(fault);
        }
    }

    private static async Task SendAsync(Stream stream, FrameKind kind, byte[] content, CancellationToken cancellationToken)
    {
        var frame = new byte[sizeof(int) + 1 + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, 1 + content.Length);
        frame[sizeof(int)] = (byte)kind;
        content.CopyTo(frame, sizeof(int) + 1);
        await stream.WriteAsync(frame, cancellationToken);
    }

    private static async Task<byte[]> ReceiveAsync(FrameReader frames, FrameKind kind, CancellationToken cancellationToken)
    {
        var frame = await frames.NextAsync(Wire.MaxHandshakeFrame, cancellationToken) ?? throw new MalformedMessageException("It went away before it had proved anything.");
        return (FrameKind)frame.ReadByte() == kind
            ? frame.ReadRest().ToArray()
            : throw new MalformedMessageException("It does not speak this protocol.");
    }
}
