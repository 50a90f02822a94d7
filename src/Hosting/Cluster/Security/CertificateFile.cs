using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Otp.Programs;

namespace Otp.Hosting.Cluster;

/// <summary>
/// The operator's own certificate, from files. One file can hold everything (PEM or PFX: certificate, private key, the authority's
/// certificate, those in between); key and authority can have files of their own, as Kubernetes' secrets do.
/// </summary>
internal sealed class CertificateFile(ClusterSecurityOptions options)
{
    private const string Key = "Otp:Cluster:Certificate";

    private readonly List<string> _faults = [];

    /// <summary>What is wrong with the files, each beginning with its setting; never what is in them, nor where they are.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Reads the files.</summary>
    /// <returns>Null if there are faults.</returns>
    public ClusterIdentity? Read()
    {
        try
        {
            if (ReadFile(Key, options.Certificate!) is not { } file
                || Load(file) is not { } loaded
                || Authorities(loaded) is not { Count: > 0 } authorities)
            {
                return null;
            }

            var (own, others) = loaded;
            var identity = new ClusterIdentity(own, [.. others.Where(other => !IsSelfSigned(other))], authorities);
            if (identity.Faults() is { Count: > 0 } faults)
            {
                _faults.Add(
                    $"{Key}: other processes would not trust the certificate ({string.Join(", ", faults)}). "
                    + "It must be valid now, by the authority, and for TLS servers and clients.");
                return null;
            }

            return identity;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            _faults.Add($"{Key}: it is not in PEM or PFX, or Otp:Cluster:CertificatePassword is not its password.");
            return null;
        }
    }

    private (X509Certificate2 Own, X509Certificate2Collection Others)? Load(byte[] file) =>
        file.AsSpan().IndexOf("-----BEGIN "u8) >= 0 ? LoadPem(Encoding.UTF8.GetString(file)) : LoadPfx(file);

    private (X509Certificate2 Own, X509Certificate2Collection Others)? LoadPem(string pem)
    {
        var key = pem;
        if (!string.IsNullOrEmpty(options.CertificateKey))
        {
            if (ReadFile($"{Key}Key", options.CertificateKey) is not { } keyFile)
            {
                return null;
            }

            key = Encoding.UTF8.GetString(keyFile);
        }

        X509Certificate2Collection all = [];
        all.ImportFromPem(pem);
        if (all.Count == 0)
        {
            _faults.Add($"{Key}: there is no certificate in it.");
            return null;
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
            _faults.Add(
                $"{(ReferenceEquals(key, pem) ? Key : $"{Key}Key")}: there is no private key of the first certificate in it, "
                + "or Otp:Cluster:CertificatePassword is not its password.");
            return null;
        }
    }

    private (X509Certificate2 Own, X509Certificate2Collection Others)? LoadPfx(byte[] pfx)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(pfx, options.CertificatePassword);
        if (all.Where(certificate => certificate.HasPrivateKey).ToList() is not [var own])
        {
            _faults.Add($"{Key}: exactly one certificate with its private key must be in it.");
            return null;
        }

        return (own, [.. all.Where(certificate => certificate != own || IsSelfSigned(certificate))]);
    }

    private X509Certificate2Collection? Authorities((X509Certificate2 Own, X509Certificate2Collection Others) loaded)
    {
        X509Certificate2Collection candidates = loaded.Others;
        var (key, isOwnFile) = ($"{Key}Authority", !string.IsNullOrEmpty(options.CertificateAuthority));
        if (isOwnFile)
        {
            if (ReadFile(key, options.CertificateAuthority!) is not { } file)
            {
                return null;
            }

            candidates = [];
            candidates.ImportFromPem(Encoding.UTF8.GetString(file));
        }

        X509Certificate2Collection authorities = [.. candidates.Where(IsSelfSigned)];
        if (authorities.Count == 0)
        {
            _faults.Add(isOwnFile
                ? $"{key}: there is no self-signed certificate of an authority in it, in PEM."
                : $"{key} is missing, and in the certificate's file there is no self-signed certificate of an authority.");
        }

        return authorities;
    }

    private byte[]? ReadFile(string key, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"{key}: the file cannot be read.");
            return null;
        }
    }

    private static bool IsSelfSigned(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
