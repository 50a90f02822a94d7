using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Otp.Delivery;

/// <summary>A small mail server on a free port of the loopback: it takes mail as a real one does, or misbehaves as told.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Channel<ReceivedMail> _mail = System.Threading.Channels.Channel.CreateUnbounded<ReceivedMail>();
    private readonly ConcurrentDictionary<SmtpStage, TaskCompletionSource> _reached = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _accepting;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate to encrypt with; STARTTLS is offered when there is one.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether the connection is encrypted from its first byte.</summary>
    public bool HasImplicitTls { get; init; }

    /// <summary>The account to sign in with; AUTH is offered when there is one.</summary>
    public NetworkCredential? Account { get; init; }

    /// <summary>The methods of signing in that are offered.</summary>
    public string AuthMethods { get; init; } = "LOGIN PLAIN";

    /// <summary>The methods that are offered, and refused as unknown when they are tried.</summary>
    public string[] UnknownAuthMethods { get; init; } = [];

    /// <summary>The access token that is taken.</summary>
    public string? AccessToken { get; set; }

    /// <summary>A further extension that is offered.</summary>
    public string? Extension { get; init; }

    /// <summary>At which stage the sink misbehaves, if at any.</summary>
    public SmtpStage? FaultStage { get; init; }

    /// <summary>What it does there.</summary>
    public SinkAction FaultAction { get; init; }

    /// <summary>What it answers there, instead of doing something worse.</summary>
    public string? FaultReply { get; init; }

    /// <summary>What signing in was tried with.</summary>
    public ConcurrentQueue<string> SignIns { get; } = new();

    /// <summary>What clients said, line by line, but for messages and secrets.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>How many mails were taken and not yet read by the test.</summary>
    public int Waiting => _mail.Reader.Count;

    /// <summary>Cancelled once <see cref="SinkAction.Delay"/> is over.</summary>
    internal CancellationToken Released => _released.Token;

    /// <summary>Ends <see cref="SinkAction.Delay"/>.</summary>
    public Task ReleaseAsync() => _released.CancelAsync();

    /// <summary>Completes when a client has come to a stage.</summary>
    public Task Reached(SmtpStage stage) => Signal(stage).Task.WaitAsync(WaitTimeout);

    /// <summary>The next mail taken.</summary>
    public Task<ReceivedMail> ReceiveAsync() => _mail.Reader.ReadAsync().AsTask().WaitAsync(WaitTimeout);

    /// <summary>Completes when every connection made so far is closed by its client.</summary>
    public Task AllClosed() => Task.WhenAll(_sessions).WaitAsync(WaitTimeout);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        await AllClosed();
        _stopping.Dispose();
        _released.Dispose();
    }

    internal void Arrive(SmtpStage stage) => Signal(stage).TrySetResult();

    internal void Take(ReceivedMail mail) => _mail.Writer.TryWrite(mail);

    private TaskCompletionSource Signal(SmtpStage stage) =>
        _reached.GetOrAdd(stage, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                _sessions.Add(new SmtpSinkSession(this, client).RunAsync(_stopping.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
