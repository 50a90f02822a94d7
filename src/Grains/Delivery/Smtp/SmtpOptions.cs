using System.Text;
using MailKit.Security;
using Microsoft.Extensions.Hosting;
using Otp.Settings;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Settings of a mail server (<c>Otp:Delivery:Smtp:{name}</c>).</summary>
public sealed class SmtpOptions : IProviderOptions
{
    private const int ImplicitTlsPort = 465;

    /// <summary>The mail server's host name or IP address.</summary>
    public string? Host { get; set; }

    /// <summary>The mail server's port: 587, the submission port, by default. On 465 TLS begins with the connection.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether, and when, the connection is encrypted.</summary>
    public StartTls StartTls { get; set; } = StartTls.Required;

    /// <summary>The host name or IP address that EHLO gives; the connection's own address when absent.</summary>
    public string? EhloName { get; set; }

    /// <summary>The account to sign in with; none when absent.</summary>
    public string? UserName { get; set; }

    /// <summary>The account's password.</summary>
    public string? Password { get; set; }

    /// <summary>A file with an OAuth 2.0 access token to sign in with instead of a password; read anew for every message.</summary>
    public string? AccessTokenFile { get; set; }

    /// <summary>
    /// A program and its arguments that write an access token, or the answer of a token endpoint, to sign in with instead of a password; run
    /// before the token ends.
    /// </summary>
    public string[] AccessTokenCommand { get; set; } = [];

    /// <summary>The sender, as <c>otp@example.com</c> or <c>Example &lt;otp@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>A PEM file of the authorities to trust instead of the system's, for a mail server with a private one.</summary>
    public string? CaFile { get; set; }

    /// <summary>The encryption, as MailKit names it.</summary>
    internal SecureSocketOptions Security => StartTls switch
    {
        StartTls.None => SecureSocketOptions.None,
        StartTls.Implicit => SecureSocketOptions.SslOnConnect,
        _ => Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
    };

    bool IProviderOptions.Reaches(Channel channel) => channel == Channel.Email;

    void IProviderOptions.Check(string path, IHostEnvironment? environment, FaultList faults)
    {
        faults.AddIf(string.IsNullOrWhiteSpace(Host), $"{path}:Host is missing: the mail server.");
        faults.CheckRange($"{path}:Port", Port, 1, 65535);
        faults.AddIf(!Enum.IsDefined(StartTls), $"{path}:StartTls: '{StartTls}' is not a way to encrypt ({string.Join(", ", Enum.GetNames<StartTls>())}).");
        faults.AddIf(
            EhloName is not null && (!Ascii.IsValid(EhloName) || Uri.CheckHostName(EhloName) == UriHostNameType.Unknown),
            $"{path}:EhloName is neither a host name in ASCII nor an IP address.");
        faults.AddIf(string.IsNullOrWhiteSpace(From), $"{path}:From is missing: the sender.");
        faults.AddIf(
            !string.IsNullOrWhiteSpace(From) && !MailAddress.TryRead(From, out _),
            $"{path}:From is not one mail address in ASCII, with or without a display name.");
        CheckAccount(path, faults);
        faults.AddIf(CaFile is not null && !File.Exists(CaFile), $"{path}:CaFile: there is no file '{CaFile}'.");
    }

    private void CheckAccount(string path, FaultList faults)
    {
        (string Key, bool IsSet)[] kinds =
        [
            (nameof(Password), Password is not null),
            (nameof(AccessTokenFile), AccessTokenFile is not null),
            (nameof(AccessTokenCommand), AccessTokenCommand.Length > 0),
        ];
        var proofs = kinds.Where(kind => kind.IsSet).Select(kind => kind.Key).ToArray();
        var (first, second) = (proofs.ElementAtOrDefault(0), proofs.ElementAtOrDefault(1));
        faults.AddIf(second is not null, $"{path}:{second}: {path}:{first} is set too, and one of them must go.");
        faults.AddIf(
            UserName is not null && first is null,
            $"{path}:Password is missing, or {path}:AccessTokenFile or :AccessTokenCommand instead: {path}:UserName is set.");
        faults.AddIf(UserName is null && first is not null, $"{path}:UserName is missing: {path}:{first} is set.");
        faults.AddIf(AccessTokenFile is not null && !File.Exists(AccessTokenFile), $"{path}:AccessTokenFile: there is no file '{AccessTokenFile}'.");
        faults.AddIf(AccessTokenCommand is [var program, ..] && string.IsNullOrWhiteSpace(program), $"{path}:AccessTokenCommand:0 is missing: the program.");
    }
}

/// <summary>Whether, and when, the connection to a mail server is encrypted.</summary>
public enum StartTls
{
    /// <summary>Encrypted by STARTTLS, to a server whose certificate is trusted, or nothing is sent.</summary>
    Required = 0,

    /// <summary>All in clear, password and codes too: for a server on the same machine.</summary>
    None,

    /// <summary>Encrypted from the first byte, to a server whose certificate is trusted.</summary>
    Implicit,
}
