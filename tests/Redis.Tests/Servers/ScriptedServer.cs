using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Servers;

/// <summary>A server that answers each command as a test says, after an ordinary greeting.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<string[], string?> _answer;
    private readonly Func<Stream, Task<Stream>> _wrap;
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="answer">The bytes sent for a command, each char a byte; null for none.</param>
    /// <param name="wrap">Wraps each connection, for TLS.</param>
    public ScriptedServer(Func<string[], string?> answer, Func<Stream, Task<Stream>>? wrap = null)
    {
        _answer = answer;
        _wrap = wrap ?? Task.FromResult;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string ConnectionString => $"127.0.0.1:{Port}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await _wrap(client.GetStream());
                var input = PipeReader.Create(stream);
                while (true)
                {
                    var read = await input.ReadAsync(_stopping.Token);
                    var buffer = read.Buffer;
                    while (RespParser.TryRead(ref buffer, out var command))
                    {
                        var words = command.Items.Select(word => word.AsText()!).ToArray();
                        if ((Greeting(words) ?? _answer(words)) is { } answer)
                            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stopping.Token);
                    }

                    if (read.IsCompleted)
                        return;
                    input.AdvanceTo(buffer.Start, buffer.End);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client left, or the test is over.
            }
        }
    }

    private static string? Greeting(string[] words) => words switch
    {
        ["CLIENT", ..] => "+OK\r\n",
        ["PING"] => "+PONG\r\n",
        _ => null,
    };
}
