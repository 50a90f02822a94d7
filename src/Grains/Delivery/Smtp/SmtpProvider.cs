using System.Net.Mail;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Otp.Delivery;

/// <summary>
/// Submits mail to a server, one connection a message. The framework's own client is not used:
/// it holds a thread while the server thinks about a message, outlives its cancellation, and sends on after a refused sign-in.
/// </summary>
internal sealed class SmtpProvider(string name, SmtpOptions smtp, RandomNumberGenerator random) : IDeliveryProvider
{
    public string Name => name;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct)
    {
        if (!MailAddress.TryCreate(message.Sender ?? smtp.From, out var from))
            return DeliveryResult.Refused(DeliveryFailure.NotConfigured);
        if (!SmtpAddress.IsSafe(message.Target.Value))
            return DeliveryResult.Refused(DeliveryFailure.RecipientRefused);

        try
        {
            var mail = MimeMail.Render(from, message, random.HexId());

            // On the pool: the many small steps of the dialogue are no turns of the grain that waits for it.
            var refusal = await Task.Run(() => SubmitAsync(from.Address, message.Target.Value, mail, ct), ct);
            return refusal is null ? DeliveryResult.Accepted : DeliveryResult.Refused(refusal.Value);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && Categorise(e) is { } failure)
        {
            return DeliveryResult.Refused(failure);
        }
    }

    private async Task<DeliveryFailure?> SubmitAsync(string from, string to, string mail, CancellationToken ct)
    {
        using var connection = await SmtpConnection.ConnectAsync(smtp.Host!, smtp.Port, ct);
        var dialogue = new SmtpDialogue(connection, smtp);
        var failure = await dialogue.OpenAsync(Tls(), ct)
            ?? await dialogue.SendAsync(from, to, mail, ct);
        if (failure is null)
            await dialogue.CloseAsync(ct);
        return failure;
    }

    /// <summary>The platform's validation of certificates, with other roots where the settings name some.</summary>
    private SslClientAuthenticationOptions Tls()
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = smtp.Host };
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

    private static DeliveryFailure? Categorise(Exception e) => e switch
    {
        AuthenticationException => DeliveryFailure.TlsFailed,
        InvalidDataException => DeliveryFailure.ProtocolError,
        SocketException or IOException => DeliveryFailure.ConnectionFailed,
        _ => null,
    };
}
