using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Otp.Cluster.Security;

/// <summary>An operator's certificate authority and the files that it hands out. Gone with this object.</summary>
internal sealed class OperatorAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-certificates-");
    private readonly X509Certificate2 _authority;

    public OperatorAuthority() => _authority = CreateAuthority("CN=An operator");

    public string Certificate => _authority.ExportCertificatePem();

    /// <summary>When certificates are checked against the machine's clock.</summary>
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Makes a certificate with its key.</summary>
    /// <param name="expired">Whether its time is over.</param>
    /// <param name="forClients">Whether it is good for TLS clients, as it always is for servers.</param>
    /// <param name="by">Who issues it, if not the authority itself.</param>
    public X509Certificate2 Issue(bool expired = false, bool forClients = true, X509Certificate2? by = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=otp.example.com", key, HashAlgorithmName.SHA256);
        OidCollection usages = [new Oid("1.3.6.1.5.5.7.3.1")];
        if (forClients)
        {
            usages.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(by ?? _authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var issued = request.Create(by ?? _authority, Now.AddHours(-20), Now.AddHours(expired ? -10 : 10), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Makes an authority between this one and a process.</summary>
    public X509Certificate2 IssueAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = RequestAuthority("CN=An operator's cluster", key)
            .Create(_authority, Now.AddDays(-1), Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A self-signed certificate and its key, in PEM: what an operator makes who wants no authority.</summary>
    public static string Shared()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=otp", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        return certificate.ExportCertificatePem() + '\n' + key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string text)
    {
        var path = NewPath();
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a PFX with a certificate, its key and the authority's certificate.</summary>
    /// <returns>Its path.</returns>
    public string WritePfx(X509Certificate2 certificate, string? password)
    {
        var path = NewPath();
        using var authority = X509CertificateLoader.LoadCertificate(_authority.RawData);
        File.WriteAllBytes(path, new X509Certificate2Collection { certificate, authority }.Export(X509ContentType.Pkcs12, password)!);
        return path;
    }

    public string NewPath() => Path.Combine(_folder.FullName, Path.GetRandomFileName());

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 CreateAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return RequestAuthority(name, key).CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
    }

    private static CertificateRequest RequestAuthority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }
}
