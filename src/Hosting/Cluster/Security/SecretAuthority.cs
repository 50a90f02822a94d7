using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Otp.Hosting.Cluster;

/// <summary>The authority that a cluster's secret stands for: each process derives its key, and issues itself a certificate with it.</summary>
internal static class SecretAuthority
{
    // The curve's order has 32 bytes; with 16 bytes more the bias of the remainder is below 2^-128 (FIPS 186-5, A.2.1).
    private const int SeedLength = 48;
    private const int SerialNumberLength = 16;

    private static readonly X500DistinguishedName Name = new("CN=Orleans.Otp cluster");

    private static readonly BigInteger P256Order = new(
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    // The certificates are valid as long as the secret is in use. An expiry would only stop a cluster that runs for long, and a start date one
    // whose clocks differ. RFC 5280 reserves this last instant for "no well-defined expiration".
    private static readonly DateTimeOffset NotBefore = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset NotAfter = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>Issues the certificate of one process.</summary>
    public static ClusterIdentity Issue(byte[] secret)
    {
        using var authorityKey = DeriveKey(secret);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request("CN=Orleans.Otp process", key, isAuthority: false, X509KeyUsageFlags.DigitalSignature);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(ClusterIdentity.Usages(), critical: false));
        using var issued = request.Create(
            Name, X509SignatureGenerator.CreateForECDsa(authorityKey), NotBefore, NotAfter, RandomNumberGenerator.GetBytes(SerialNumberLength));
        using var certificate = issued.CopyWithPrivateKey(key);

        // The authority's certificate has another signature in each process. That does not matter: a chain is checked against its key.
        using var authority = Request(Name.Name, authorityKey, isAuthority: true, X509KeyUsageFlags.KeyCertSign).CreateSelfSigned(NotBefore, NotAfter);
        return new ClusterIdentity(
            ClusterIdentity.ForSchannel(certificate), [], [X509CertificateLoader.LoadCertificate(authority.RawData)]);
    }

    private static ECDsa DeriveKey(byte[] secret)
    {
        var seed = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, SeedLength, info: "orleans.otp cluster authority"u8.ToArray());
        var scalar = (new BigInteger(seed, isUnsigned: true, isBigEndian: true) % (P256Order - 1)) + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[32];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = padded });
    }

    private static CertificateRequest Request(string subject, ECDsa key, bool isAuthority, X509KeyUsageFlags usage)
    {
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: isAuthority, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        return request;
    }
}
