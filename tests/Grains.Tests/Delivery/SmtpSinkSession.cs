using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Otp.Delivery;

/// <summary>One client's dialogue with a <see cref="SmtpSink"/>.</summary>
internal sealed class SmtpSinkSession(SmtpSink sink, TcpClient client)
{
    private Stream _stream = client.GetStream();
    private bool _encrypted;
    private string _from = "";
    private readonly List<string> _to = [];

    public async Task RunAsync(CancellationToken ct)
    {
        using (client)
        {
            try
            {
                if (sink.HasImplicitTls)
                {
                    await EncryptAsync(ct);
                }

                await AnswerAsync(SmtpStage.Greeting, "220 sink.test ESMTP", ct);
                while (await ReadLineAsync(ct) is { } line && await ObeyAsync(line, ct))
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, was thrown out, or the test is over.
            }
            finally
            {
                await _stream.DisposeAsync();
            }
        }
    }

    private async Task<bool> ObeyAsync(string line, CancellationToken ct)
    {
        sink.Commands.Enqueue(line);
        switch (line.Split(' ', ':')[0].ToUpperInvariant())
        {
            case "EHLO":
                await AnswerAsync(_encrypted ? SmtpStage.EhloEncrypted : SmtpStage.Ehlo, Abilities(), ct);
                return true;
            case "STARTTLS":
                await AnswerAsync(SmtpStage.StartTls, "220 go ahead", ct);
                await EncryptAsync(ct);
                return true;
            case "AUTH":
                await SignInAsync(line, ct);
                return true;
            case "MAIL":
                _from = Address(line);
                await AnswerAsync(SmtpStage.MailFrom, "250 2.1.0 ok", ct);
                return true;
            case "RCPT":
                _to.Add(Address(line));
                await AnswerAsync(SmtpStage.RcptTo, "250 2.1.5 ok", ct);
                return true;
            case "DATA":
                if (await AnswerAsync(SmtpStage.Data, "354 go on", ct))
                {
                    await TakeAsync(ct);
                }

                return true;
            case "QUIT":
                await AnswerAsync(SmtpStage.Quit, "221 bye", ct);
                return false;
            default:
                await WriteAsync("500 what?", ct);
                return true;
        }
    }

    private string Abilities()
    {
        var lines = new List<string> { "sink.test", "SIZE 1000000" };
        if (sink.Certificate is not null && !_encrypted)
        {
            lines.Add("STARTTLS");
        }

        if (sink.Account is not null)
        {
            lines.Add($"AUTH {sink.AuthMethods}");
        }

        if (sink.Extension is { } extension)
        {
            lines.Add(extension);
        }

        lines.Add("8BITMIME");
        return string.Join("\r\n", lines.Select((line, i) => $"250{(i < lines.Count - 1 ? '-' : ' ')}{line}"));
    }

    private async Task EncryptAsync(CancellationToken ct)
    {
        await MisbehaveAsync(SmtpStage.Handshake, ct);
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, ct);
        _encrypted = true;
    }

    private async Task SignInAsync(string line, CancellationToken ct)
    {
        if (sink.UnknownAuthMethods.Contains(line.Split(' ')[1]))
        {
            await WriteAsync("504 5.5.4 unrecognised", ct);
            return;
        }

        if (line.StartsWith("AUTH XOAUTH2 ", StringComparison.Ordinal) || line.StartsWith("AUTH OAUTHBEARER ", StringComparison.Ordinal))
        {
            await SignInByTokenAsync(line.Split(' ')[1], Decode(line.Split(' ')[2]), ct);
            return;
        }

        string user, password;
        if (line.StartsWith("AUTH PLAIN ", StringComparison.Ordinal))
        {
            var parts = Decode(line["AUTH PLAIN ".Length..]).Split('\0');
            (user, password) = (parts[1], parts[2]);
        }
        else
        {
            await WriteAsync("334 VXNlcm5hbWU6", ct);
            user = Decode(await ReadLineAsync(ct) ?? "");
            await WriteAsync("334 UGFzc3dvcmQ6", ct);
            password = Decode(await ReadLineAsync(ct) ?? "");
        }

        sink.SignIns.Enqueue($"{line.Split(' ')[1]} {(_encrypted ? "encrypted" : "in clear")}");
        var right = user == sink.Account?.UserName && password == sink.Account.Password;
        await AnswerAsync(SmtpStage.Auth, right ? "235 2.7.0 welcome" : $"535 5.7.8 not you, {user}", ct);
    }

    /// <summary>Refuses as servers do that speak XOAUTH2: with a challenge that the client answers with an empty line.</summary>
    private async Task SignInByTokenAsync(string method, string proof, CancellationToken ct)
    {
        sink.SignIns.Enqueue($"{method} {(_encrypted ? "encrypted" : "in clear")}");
        var isRight = proof.Contains($"{sink.Account?.UserName}\u0001", StringComparison.Ordinal)
            || proof.StartsWith($"n,a={sink.Account?.UserName},", StringComparison.Ordinal);
        if (isRight && proof.EndsWith($"\u0001auth=Bearer {sink.AccessToken}\u0001\u0001", StringComparison.Ordinal))
        {
            await AnswerAsync(SmtpStage.Auth, "235 2.7.0 welcome", ct);
            return;
        }

        await WriteAsync("334 eyJzdGF0dXMiOiI0MDEifQ==", ct);
        await ReadLineAsync(ct);
        await AnswerAsync(SmtpStage.Auth, "535 5.7.8 not with this token", ct);
    }

    private async Task TakeAsync(CancellationToken ct)
    {
        var content = new StringBuilder();
        while (await ReadLineAsync(ct) is { } line && line != ".")
        {
            content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        if (await AnswerAsync(SmtpStage.EndOfData, "250 2.0.0 taken", ct))
        {
            sink.Take(new ReceivedMail(_from, [.. _to], _encrypted, content.ToString()));
        }
    }

    /// <summary>Answers a stage, or misbehaves there as told; true when it answered as a good server does.</summary>
    private async Task<bool> AnswerAsync(SmtpStage stage, string reply, CancellationToken ct)
    {
        var misbehaves = await MisbehaveAsync(stage, ct);
        if (!misbehaves)
        {
            await WriteAsync(reply, ct);
        }

        return !misbehaves;
    }

    private async Task<bool> MisbehaveAsync(SmtpStage stage, CancellationToken ct)
    {
        sink.Arrive(stage);
        if (sink.FaultStage != stage)
        {
            return false;
        }

        if (sink.FaultReply is not null)
        {
            await WriteAsync(sink.FaultReply, ct);
            return true;
        }

        switch (sink.FaultAction)
        {
            case SinkAction.Hang:
                while (await _stream.ReadAsync(new byte[1024], ct) > 0)
                {
                }

                throw new IOException("The client gave up.");
            case SinkAction.Delay:
                await AwaitReleaseAsync(ct);
                return false;
            case SinkAction.Reset:
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                client.Close();
                throw new IOException("Reset.");
            case SinkAction.Close:
                client.Close();
                throw new IOException("Closed.");
            case SinkAction.Garbage:
                await WriteAsync("\u0001\u0002 HTTP/1.1 200 OK", ct);
                break;
            default:
                throw new InvalidOperationException($"No such action: {sink.FaultAction}.");
        }

        return true;
    }

    private async Task AwaitReleaseAsync(CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct, sink.Released);
        try
        {
            while (await _stream.ReadAsync(new byte[1024], waiting.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (sink.Released.IsCancellationRequested)
        {
            return;
        }

        throw new IOException("The client gave up.");
    }

    private ValueTask WriteAsync(string text, CancellationToken ct) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"), ct);

    private async Task<string?> ReadLineAsync(CancellationToken ct)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await _stream.ReadAsync(one, ct) > 0)
        {
            if (one[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
