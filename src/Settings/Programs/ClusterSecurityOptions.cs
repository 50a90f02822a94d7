namespace Otp.Programs;

/// <summary>How the processes of a cluster authenticate each other: by one secret that all of them hold, or by the operator's certificates.</summary>
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

    // Whether the secret or a certificate is required, and what is in the files, is checked where they are used: an embedded process needs neither.
    internal void Check(string path, FaultList faults)
    {
        if (!string.IsNullOrEmpty(Secret))
        {
            faults.CheckSecretKey($"{path}:Secret", Secret);
            faults.AddIf(!string.IsNullOrEmpty(Certificate), $"{path}:Certificate: {path}:Secret is set too; set one of them.");
        }

        (string Name, string? Value)[] parts =
            [(nameof(CertificateKey), CertificateKey), (nameof(CertificateAuthority), CertificateAuthority), (nameof(CertificatePassword), CertificatePassword)];
        foreach (var (name, value) in parts)
        {
            faults.AddIf(!string.IsNullOrEmpty(value) && string.IsNullOrEmpty(Certificate), $"{path}:{name} means nothing without {path}:Certificate.");
        }
    }
}
