using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Otp.Delivery;

/// <summary>Writes a message in the form it has on the wire (RFC 5322, 2045 to 2047): all ASCII, lines within 78 characters. Pure.</summary>
internal static class MimeMail
{
    /// <summary>Renders a message as <c>multipart/alternative</c> of its text and its HTML; no line begins with a dot.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="message">The message, for a mail address.</param>
    /// <param name="id">32 random hexadecimal digits: the message's name, with the sender's domain.</param>
    public static string Render(MailAddress from, Message message, string id)
    {
        // Quoted-printable never leaves "=_" in a body, so this boundary occurs in none.
        var boundary = "=_" + id;
        var mail = new StringBuilder(4096);

        Header(mail, "Date", message.CreatedAt.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(mail, "From", from.DisplayName.Length == 0 ? from.Address : $"{HeaderText.Phrase(from.DisplayName)}\r\n <{from.Address}>");
        Header(mail, "To", message.Target.Value);
        Header(mail, "Message-ID", $"<{id}@{from.Host}>");
        Header(mail, "Subject", HeaderText.Unstructured(message.Subject ?? ""));
        Header(mail, "Auto-Submitted", "auto-generated");
        Header(mail, "MIME-Version", "1.0");
        Header(mail, "Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
        mail.Append("\r\n");

        Part(mail, boundary, "text/plain", message.Text);
        if (message.Html is not null)
            Part(mail, boundary, "text/html", message.Html);
        mail.Append("--").Append(boundary).Append("--\r\n");
        return mail.ToString();
    }

    private static void Part(StringBuilder mail, string boundary, string mediaType, string text)
    {
        mail.Append("--").Append(boundary).Append("\r\n");
        Header(mail, "Content-Type", $"{mediaType}; charset=utf-8");
        Header(mail, "Content-Transfer-Encoding", "quoted-printable");
        mail.Append("\r\n");
        QuotedPrintable.Append(mail, text);
        mail.Append("\r\n");
    }

    private static void Header(StringBuilder mail, string name, string value) =>
        mail.Append(name).Append(": ").Append(value).Append("\r\n");
}
