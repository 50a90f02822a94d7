using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Otp.Hosting.Cluster;

namespace Otp.Cluster.Security;

/// <summary>One process' side of the connections to others, without the rest of it. Once a handshake is done it sends one byte and reads one.</summary>
internal sealed class GuardedProcess : ILogger<HandshakeGuard>
{
    private static readonly byte[] Greeting = [42];

    private readonly ConnectionDelegate _inbound;
    private readonly ConnectionDelegate _outbound;
    private readonly HandshakeGuard _guard;
    private readonly List<string> _log = [];

    public GuardedProcess(ClusterIdentity identity)
    {
        _guard = new HandshakeGuard(identity, Time, Lifetime, this);
        _inbound = Build(_guard.GuardInbound);
        _outbound = Build(_guard.GuardOutbound);
    }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>The process' start and end.</summary>
    public ApplicationLifetime Lifetime { get; } = new(NullLogger<ApplicationLifetime>.Instance);

    public EndPoint? Stranger => _guard.Stranger;

    /// <summary>The ids of what was logged, and what it says in brackets at its end.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>What the other side said after the handshake; nothing if there was none.</summary>
    public byte[] Heard { get; private set; } = [];

    public Task AcceptAsync(ConnectionContext connection) => RunAsync(_inbound, connection);

    public Task ConnectAsync(ConnectionContext connection) => RunAsync(_outbound, connection);

    /// <summary>Connects to another process.</summary>
    /// <returns>Whether the two talked.</returns>
    public async Task<bool> TalksToAsync(GuardedProcess other)
    {
        var (client, server) = MemoryConnection.Create();
        await Task.WhenAll(ConnectAsync(client), other.AcceptAsync(server));
        return Heard.SequenceEqual(Greeting) && other.Heard.SequenceEqual(Greeting);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Assert.Null(exception);
        var fault = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).FirstOrDefault(value => value.Key == "Fault").Value;
        _log.Add(fault is null ? $"{eventId.Id}" : $"{eventId.Id} {fault}");
    }

    private ConnectionDelegate Build(Action<IConnectionBuilder> guard)
    {
        var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        guard(builder);
        builder.Run(TalkAsync);
        return builder.Build();
    }

    // Closes its own end, as Orleans does when a connection is over.
    private static async Task RunAsync(ConnectionDelegate process, ConnectionContext connection)
    {
        try
        {
            await process(connection);
        }
        finally
        {
            await connection.Transport.Input.CompleteAsync();
            await connection.Transport.Output.CompleteAsync();
        }
    }

    private async Task TalkAsync(ConnectionContext connection)
    {
        await connection.Transport.Output.WriteAsync(Greeting);
        try
        {
            var read = await connection.Transport.Input.ReadAsync();
            Heard = [.. read.Buffer.FirstSpan];
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
        }
        catch (IOException)
        {
            // Refused by the other side, which in TLS 1.3 is known only now.
        }
    }
}
