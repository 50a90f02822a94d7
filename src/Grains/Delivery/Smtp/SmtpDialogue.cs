using System.Net.Security;
using System.Text;

namespace Otp.Delivery;

/// <summary>The steps of SMTP submission on one connection (RFC 5321, 3207, 4954); each may end in a refusal.</summary>
internal sealed class SmtpDialogue(SmtpConnection connection, SmtpOptions options)
{
    private SmtpReply _greeting;

    /// <summary>Greets, encrypts and signs in, as the settings demand; null when the server is ready for a message.</summary>
    public async Task<DeliveryFailure?> OpenAsync(SslClientAuthenticationOptions tls, CancellationToken ct)
    {
        var welcome = await connection.ReadReplyAsync(ct);
        if (welcome.Code != 220)
            return welcome.Failure;

        return await GreetAsync(ct)
            ?? (options.StartTls == StartTls.Required ? await EncryptAsync(tls, ct) : null)
            ?? (options.UserName is not null ? await SignInAsync(ct) : null);
    }

    /// <summary>Hands over one message; null when the server has taken it.</summary>
    /// <param name="from">The sender's address.</param>
    /// <param name="to">The recipient's address.</param>
    /// <param name="mail">The message as it stands on the wire.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<DeliveryFailure?> SendAsync(string from, string to, string mail, CancellationToken ct)
    {
        var reply = await connection.SayAsync($"MAIL FROM:<{from}>", ct);
        if (reply.Code != 250)
            return reply.Failure;

        reply = await connection.SayAsync($"RCPT TO:<{to}>", ct);
        if (reply.Code is not (250 or 251 or 252))
            return IsAboutRecipient(reply) ? DeliveryFailure.RecipientRefused : reply.Failure;

        reply = await connection.SayAsync("DATA", ct);
        if (reply.Code != 354)
            return reply.Failure;

        reply = await connection.SendDataAsync(mail, ct);
        return reply.Code == 250 ? null : reply.Failure;
    }

    /// <summary>Takes leave without waiting for the answer: the message is the server's already.</summary>
    public async Task CloseAsync(CancellationToken ct)
    {
        try
        {
            await connection.WriteAsync("QUIT", ct);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The server hung up first, or time is up: either way there is nothing left to say.
        }
    }

    private async Task<DeliveryFailure?> GreetAsync(CancellationToken ct)
    {
        _greeting = await connection.SayAsync($"EHLO {connection.LocalName}", ct);
        return _greeting.Code == 250 ? null : _greeting.Failure;
    }

    private async Task<DeliveryFailure?> EncryptAsync(SslClientAuthenticationOptions tls, CancellationToken ct)
    {
        if (_greeting.Extension("STARTTLS") is null)
            return DeliveryFailure.TlsFailed;

        var reply = await connection.SayAsync("STARTTLS", ct);
        if (reply.Code != 220)
            return DeliveryFailure.TlsFailed;

        await connection.EncryptAsync(tls, ct);
        return await GreetAsync(ct);
    }

    private async Task<DeliveryFailure?> SignInAsync(CancellationToken ct)
    {
        var methods = (_greeting.Extension("AUTH") ?? "").Split(' ');
        SmtpReply reply;
        if (methods.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            reply = await connection.SayAsync($"AUTH PLAIN {Base64($"\0{options.UserName}\0{options.Password}")}", ct);
        }
        else if (methods.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            reply = await connection.SayAsync("AUTH LOGIN", ct);
            if (reply.Code == 334)
                reply = await connection.SayAsync(Base64(options.UserName), ct);
            if (reply.Code == 334)
                reply = await connection.SayAsync(Base64(options.Password), ct);
        }
        else
        {
            return DeliveryFailure.AuthenticationFailed;
        }

        if (reply.Code == 235)
            return null;
        return reply.Failure == DeliveryFailure.Rejected ? DeliveryFailure.AuthenticationFailed : reply.Failure;
    }

    // A delay too: one domain whose names do not resolve must not count against the server. 421 is the server's own end.
    private static bool IsAboutRecipient(SmtpReply reply) =>
        reply.Code != 421 && reply.Failure is (DeliveryFailure.Rejected or DeliveryFailure.Unavailable);

    private static string Base64(string? text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text ?? ""));
}
