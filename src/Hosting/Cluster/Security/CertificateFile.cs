using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Otp.Programs;

namespace Otp.Hosting.Cluster;

/// <summary>
/// The operator's own certificate, from files. One file can hold everything (PEM or PFX: certificate, private key, the authority's
/// certificate, intermediate ones); the key and the authority can be in files of their own, as in Kubernetes' secrets.
/// </summary>
internal static class CertificateFile
{
    private const string Setting = "Otp:Cluster:Certificate";
    private const string WrongPassword = "or Otp:Cluster:CertificatePassword is not its password.";

    /// <summary>Reads the files.</summary>
    /// <exception cref="ConfigurationException">A file has a fault. The message shows neither its content nor its path.</exception>
    public static ClusterIdentity Read(ClusterSecurityOptions options)
    {
        try
        {
            var file = ReadFile(Setting, options.Certificate!);
            var (own, others) = file.AsSpan().IndexOf("-----BEGIN "u8) >= 0
                ? LoadPem(Encoding.UTF8.GetString(file), options)
                : LoadPfx(file, options.CertificatePassword);
            var identity = new ClusterIdentity(own, [.. others.Where(other => !IsSelfSigned(other))], Authorities(options.CertificateAuthority, others));
            return identity.Faults() is not { Count: > 0 } faults
                ? identity
                : throw Fault(
                    $"{Setting}: other processes would not trust the certificate ({string.Join(", ", faults)}). "
                    + "It must be valid now, by the authority, and for TLS servers and clients.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw Fault($"{Setting}: it is not in PEM or PFX, {WrongPassword}");
        }
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Others) LoadPem(string pem, ClusterSecurityOptions options)
    {
        var (setting, key) = string.IsNullOrEmpty(options.CertificateKey)
            ? (Setting, pem)
            : ($"{Setting}Key", Encoding.UTF8.GetString(ReadFile($"{Setting}Key", options.CertificateKey)));
        X509Certificate2Collection all = [];
        all.ImportFromPem(pem);
        if (all.Count == 0)
        {
            throw Fault($"{Setting}: there is no certificate in it.");
        }

        try
        {
            // The first certificate is the process' own, as in every TLS server's file.
            using var own = string.IsNullOrEmpty(options.CertificatePassword)
                ? X509Certificate2.CreateFromPem(pem, key)
                : X509Certificate2.CreateFromEncryptedPem(pem, key, options.CertificatePassword);
            return (ClusterIdentity.ForSchannel(own), [.. IsSelfSigned(all[0]) ? all : all.Skip(1)]);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw Fault($"{setting}: there is no private key of the first certificate in it, {WrongPassword}");
        }
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Others) LoadPfx(byte[] pfx, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(pfx, password);
        return all.Where(certificate => certificate.HasPrivateKey).ToList() is [var own]
            ? (own, [.. all.Where(certificate => certificate != own || IsSelfSigned(certificate))])
            : throw Fault($"{Setting}: exactly one certificate with its private key must be in it.");
    }

    private static X509Certificate2Collection Authorities(string? path, X509Certificate2Collection others)
    {
        const string setting = $"{Setting}Authority";
        if (string.IsNullOrEmpty(path))
        {
            return SelfSigned(others, $"{setting} is missing, and in the certificate's file there is no self-signed certificate of an authority.");
        }

        X509Certificate2Collection all = [];
        all.ImportFromPem(Encoding.UTF8.GetString(ReadFile(setting, path)));
        return SelfSigned(all, $"{setting}: there is no self-signed certificate of an authority in it, in PEM.");
    }

    private static X509Certificate2Collection SelfSigned(X509Certificate2Collection all, string fault) =>
        all.Where(IsSelfSigned).ToArray() is { Length: > 0 } found ? [.. found] : throw Fault(fault);

    private static byte[] ReadFile(string setting, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault($"{setting}: the file cannot be read.");
        }
    }

    private static ConfigurationException Fault(string fault) => new([fault]);

    private static bool IsSelfSigned(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
