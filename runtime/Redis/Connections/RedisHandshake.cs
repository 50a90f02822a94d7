using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Orleans.Redis;

/// <summary>Makes connections that are ready for commands: connected, over TLS if asked, authenticated, on the right database, server loaded.</summary>
internal static class RedisHandshake
{
    private static readonly StreamPipeReaderOptions InputOptions = new(bufferSize: 64 << 10, leaveOpen: true);

    /// <summary>Connects to a server, within <see cref="RedisOptions.ConnectTimeout"/>.</summary>
    /// <exception cref="RedisConnectionException">The server cannot be reached, refuses, is not ready, or is none.</exception>
    public static async Task<(Stream Stream, PipeReader Input)> ConnectAsync(
        DnsEndPoint endpoint, RedisOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(endpoint, either.Token);
            KeepAlive(socket);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Ssl)
                stream = await EncryptAsync(stream, endpoint.Host, options, either.Token);
            var input = PipeReader.Create(stream, InputOptions);
            await GreetAsync(stream, input, options, either.Token);
            return (stream, input);
        }
        catch (Exception cause)
        {
            if (stream is null)
                socket.Dispose();
            else
                await stream.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var reason = timeout.IsCancellationRequested ? $"no answer within {options.ConnectTimeout.TotalSeconds} s" : cause.Message;
            throw new RedisConnectionException($"Redis at {RedisOptions.Text(endpoint)} cannot be used: {reason}", outcomeUnknown: false, cause);
        }
    }

    /// <summary>Has a peer that is gone noticed within 30 s even while nothing is asked of it.</summary>
    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private static async Task<Stream> EncryptAsync(Stream stream, string host, RedisOptions options, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            var settings = new SslClientAuthenticationOptions { TargetHost = host };
            settings.RemoteCertificateValidationCallback = options.CertificateValidation;
            await encrypted.AuthenticateAsClientAsync(settings, cancellationToken);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends the greeting in one go. <c>PING</c> comes last: a server that is still loading refuses it.</summary>
    private static async Task GreetAsync(Stream stream, PipeReader input, RedisOptions options, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        if (options.Password is { } password)
        {
            if (options.User is { } user)
                RespWriter.WriteCommand(output, "AUTH", user, password);
            else
                RespWriter.WriteCommand(output, "AUTH", password);
        }

        if (options.Database != 0)
            RespWriter.WriteCommand(output, "SELECT", options.Database);
        RespWriter.WriteCommand(output, "CLIENT", "SETNAME", options.ClientName);
        RespWriter.WriteCommand(output, RedisWords.Ping);
        await stream.WriteAsync(output.WrittenMemory, cancellationToken);

        if (options.Password is not null && await ReadAsync(input, cancellationToken) is { Kind: RespKind.Error } refusal)
            throw RedisServerException.FromAuthentication(refusal);
        if (options.Database != 0 && await ReadAsync(input, cancellationToken) is { Kind: RespKind.Error } noDatabase)
            throw RedisServerException.From(noDatabase);
        await ReadAsync(input, cancellationToken);
        if (await ReadAsync(input, cancellationToken) is { Kind: RespKind.Error } notReady
            && RedisServerException.From(notReady) is { Code: not "NOPERM" } error)
            throw error;
    }

    private static async Task<RespValue> ReadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            var isRead = RespParser.TryRead(ref buffer, out var reply);
            input.AdvanceTo(buffer.Start, isRead ? buffer.Start : buffer.End);
            if (isRead)
                return reply;
            if (read.IsCompleted)
                throw new EndOfStreamException("Redis closed the connection.");
        }
    }
}
