using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Text;

namespace Otp.Delivery;

/// <summary>Submits mail to a server by MailKit, one connection a message.</summary>
internal sealed class SmtpProvider(string name, SmtpOptions smtp) : IDeliveryProvider
{
    public string Name => name;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct)
    {
        if (!MailAddress.TryRead(message.Sender ?? smtp.From, out var sender))
        {
            return DeliveryResult.Refused(DeliveryFailure.NotConfigured);
        }

        if (!MailAddress.IsSafe(message.Target.Value))
        {
            return DeliveryResult.Refused(DeliveryFailure.RecipientRefused);
        }

        // On the pool: the many small steps of the dialogue are no turns of the grain that waits for it.
        return await Task.Run(() => SubmitAsync(Compose(sender, message), ct), ct);
    }

    private async Task<DeliveryResult> SubmitAsync(MimeMessage mail, CancellationToken ct)
    {
        using var dialogue = new SmtpDialogue();
        using var client = new Client(smtp, dialogue);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(smtp.Host!, smtp.Port, ct);
            client.LocalDomain = smtp.EhloName ?? ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
            await client.ConnectAsync(socket, smtp.Host!, smtp.Port, smtp.Security, ct);

            // Pipelined, an answer does not tell which command it is for.
            client.Capabilities &= ~SmtpCapabilities.Pipelining;
            if (smtp is { UserName: { } userName, Password: { } password })
            {
                await client.SignInAsync(userName, password, ct);
            }

            await client.SendAsync(mail, ct);
        }
        catch (Exception e)
        {
            ct.ThrowIfCancellationRequested();
            if (dialogue.FailureOf(e, client.IsConnected) is not { } failure)
            {
                throw;
            }

            return DeliveryResult.Refused(failure);
        }

        await client.QuitAsync();
        return DeliveryResult.Accepted;
    }

    private MimeMessage Compose(MailboxAddress sender, Message message)
    {
        var body = new MultipartAlternative { Text(TextFormat.Plain, message.Text) };
        if (message.Html is { } html)
        {
            body.Add(Text(TextFormat.Html, html));
        }

        return new MimeMessage([sender], [new MailboxAddress("", message.Target.Value)], Literal(message.Subject ?? ""), body)
        {
            Date = message.CreatedAt,
            MessageId = $"{Guid.NewGuid():n}@{sender.Domain}",
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
        };

        // Without a line end at its end, a text would end in a soft line break, which some readers show.
        static TextPart Text(TextFormat format, string text) =>
            new(format) { Text = text.ReplaceLineEndings("\n") + "\n", ContentTransferEncoding = ContentEncoding.QuotedPrintable };
    }

    // MimeKit leaves what looks like an encoded word (RFC 2047) as it is, and a reader would decode it.
    private static string Literal(string text) => !text.Contains("=?", StringComparison.Ordinal) ? text : string.Join(
        ' ', text.EnumerateRunes().Chunk(10).Select(runes => $"=?utf-8?b?{Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(runes)))}?="));

    /// <summary>MailKit's client with the platform's validation of certificates, and other roots where the settings name some.</summary>
    private sealed class Client(SmtpOptions smtp, IProtocolLogger dialogue) : SmtpClient(dialogue)
    {
        public Task SignInAsync(string userName, string password, CancellationToken ct)
        {
            // Some servers offer them in lower case.
            AuthenticationMechanisms.UnionWith([.. AuthenticationMechanisms.Select(mechanism => mechanism.ToUpperInvariant())]);
            return AuthenticateAsync(userName, password, ct);
        }

        /// <summary>Says goodbye without waiting for the answer: the message is the server's already.</summary>
        public async Task QuitAsync()
        {
            using var answer = new CancellationTokenSource();
            var quitting = DisconnectAsync(quit: true, answer.Token);
            await answer.CancelAsync();
            await quitting;
        }

        protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
            string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
        {
            var tls = new SslClientAuthenticationOptions { TargetHost = host };
            if (smtp.CaFile is not null)
            {
                tls.CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = tls.CertificateRevocationCheckMode,
                };
                tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(smtp.CaFile);
            }

            return tls;
        }
    }
}
