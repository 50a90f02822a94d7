using System.ComponentModel.DataAnnotations;

namespace Otp.Delivery;

/// <summary>Settings of a mail server (<c>Otp:Delivery:Smtp:{name}</c>).</summary>
public sealed class SmtpOptions
{
    /// <summary>The mail server's host name or IP address.</summary>
    public string? Host { get; set; }

    /// <summary>The mail server's port: 587, the submission port, by default.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection must be encrypted before anything is said on it.</summary>
    [EnumDataType(typeof(StartTls))]
    public StartTls StartTls { get; set; } = StartTls.Required;

    /// <summary>The account to sign in with; none when absent.</summary>
    public string? UserName { get; set; }

    /// <summary>The account's password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, as <c>otp@example.com</c> or <c>Example &lt;otp@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>A PEM file of the authorities to trust instead of the system's, for a mail server with a private one.</summary>
    public string? CaFile { get; set; }
}
