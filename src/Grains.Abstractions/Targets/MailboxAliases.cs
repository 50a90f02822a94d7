namespace Otp.Targets;

/// <summary>Which e-mail addresses count as one mailbox.</summary>
public enum MailboxAliases
{
    /// <summary>Each address is a mailbox of its own.</summary>
    Distinct = 0,

    /// <summary><c>jane+tag@example.com</c> is the mailbox <c>jane@example.com</c> (RFC 5233).</summary>
    Subaddress = 1,

    /// <summary>As <see cref="Subaddress"/>, and what a provider ignores too: at Gmail dots, and <c>googlemail.com</c> for <c>gmail.com</c>.</summary>
    Provider = 2,
}

/// <summary>Finds the mailbox behind an address.</summary>
public static class Mailbox
{
    private const string Gmail = "gmail.com";
    private const string GoogleMail = "googlemail.com";

    /// <summary>The mailbox of a target; the target itself where it is no alias.</summary>
    public static Target Of(Target target, MailboxAliases aliases) =>
        target.Channel == Channel.Email && aliases != MailboxAliases.Distinct && Of(target.Value, aliases) is var mailbox && mailbox != target.Value
            ? target with { Value = mailbox }
            : target;

    private static string Of(string address, MailboxAliases aliases)
    {
        var at = address.LastIndexOf('@');
        var (local, domain) = (address[..at], address[(at + 1)..]);
        var tag = local.IndexOf('+', StringComparison.Ordinal);
        local = tag > 0 ? local[..tag] : local;
        return aliases == MailboxAliases.Provider && domain is Gmail or GoogleMail
            ? $"{local.Replace(".", "", StringComparison.Ordinal)}@{Gmail}"
            : $"{local}@{domain}";
    }
}
