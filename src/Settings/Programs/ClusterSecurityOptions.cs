namespace Otp.Programs;

/// <summary>What the processes of a cluster prove to each other: one secret that all of them hold, or a certificate of the operator's own.</summary>
public sealed class ClusterSecurityOptions
{
    /// <summary>The secret, base64 of at least 32 bytes, the same in every process.</summary>
    public string? Secret { get; set; }

    /// <summary>Instead of the secret: a file in PEM or PFX that holds the process' certificate.</summary>
    public string? Certificate { get; set; }

    /// <summary>The file with the certificate's private key in PEM; without it the key is in the certificate's file.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>The file with the authorities whose certificates are trusted, in PEM; without it they are in the certificate's file.</summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>The password of the PFX, or of the private key in PEM.</summary>
    public string? CertificatePassword { get; set; }
}
