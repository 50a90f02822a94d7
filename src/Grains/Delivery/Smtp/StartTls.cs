namespace Otp.Delivery;

/// <summary>What the <c>smtp</c> provider demands of a connection.</summary>
public enum StartTls
{
    /// <summary>Encrypted, to a server whose certificate is trusted, or nothing is sent.</summary>
    Required = 0,

    /// <summary>All in clear, password and codes too: for a server on the same machine.</summary>
    None,
}
