using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;
using MimeKit.Text;

namespace Otp.Delivery;

/// <summary>Submits mail to a server by MailKit, one connection a message.</summary>
internal sealed class SmtpProvider(string name, SmtpOptions smtp, TimeProvider time, ILogger logger) : IDeliveryProvider
{
    private readonly AccessTokens? _tokens =
        smtp.AccessTokenFile is null && smtp.AccessTokenCommand.Length == 0 ? null : new AccessTokens(name, smtp, time, logger);

    public string Name => name;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct)
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
        var mail = Compose(sender, message);
        return await Task.Run(() => _tokens is null ? SubmitAsync(mail, token: null, handover, ct) : SubmitAsync(mail, _tokens, handover, ct), ct);
    }

    // A token may end, or be revoked, before its time: then a new one is tried once.
    private async Task<DeliveryResult> SubmitAsync(MimeMessage mail, AccessTokens tokens, Handover handover, CancellationToken ct)
    {
        if (await tokens.GetAsync(refused: null, ct) is not { } token)
        {
            return DeliveryResult.Refused(DeliveryFailure.AuthenticationFailed);
        }

        var result = await SubmitAsync(mail, token, handover, ct);
        return result.Failure == DeliveryFailure.AuthenticationFailed && await tokens.GetAsync(refused: token, ct) is { } renewed
            ? await SubmitAsync(mail, renewed, handover, ct)
            : result;
    }

    private async Task<DeliveryResult> SubmitAsync(MimeMessage mail, string? token, Handover handover, CancellationToken ct)
    {
        using var dialogue = new SmtpDialogue(handover);
        using var client = new Client(smtp, dialogue);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(smtp.Host!, smtp.Port, ct);
            client.LocalDomain = smtp.EhloName ?? ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
            await client.ConnectAsync(socket, smtp.Host!, smtp.Port, smtp.Security, ct);

            // Pipelined, an answer does not tell which command it is for.
            client.Capabilities &= ~SmtpCapabilities.Pipelining;
            if (smtp.UserName is { } userName)
            {
                await client.SignInAsync(userName, token, ct);
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
        /// <summary>Signs in with the token, or else with the password.</summary>
        public Task SignInAsync(string userName, string? token, CancellationToken ct)
        {
            // Some servers offer them in lower case.
            AuthenticationMechanisms.UnionWith([.. AuthenticationMechanisms.Select(mechanism => mechanism.ToUpperInvariant())]);
            if (token is null)
            {
                return AuthenticateAsync(userName, smtp.Password!, ct);
            }

            SaslMechanism[] mechanisms = [new SaslMechanismOAuth2(userName, token), new SaslMechanismOAuthBearer(userName, token)];
            return mechanisms.FirstOrDefault(mechanism => AuthenticationMechanisms.Contains(mechanism.MechanismName)) is { } offered
                ? AuthenticateAsync(offered, ct)
                : throw new NotSupportedException("The server takes no access tokens.");
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
