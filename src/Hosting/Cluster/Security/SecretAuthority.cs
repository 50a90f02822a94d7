using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Otp.Hosting.Cluster;

/// <summary>
/// The certificate authority that a cluster's secret stands for: whoever holds the secret makes its private key from it, and with the key a
/// certificate for itself. So no certificate has to be handed out, and none is stored.
/// </summary>
internal static class SecretAuthority
{
    // The curve's order has 32 bytes; 16 more leave the remainder's bias below 2^-128 (FIPS 186-5, A.2.1).
    private const int SeedLength = 48;
    private const int SerialNumberLength = 16;

    private static readonly byte[] Info = Encoding.ASCII.GetBytes("orleans.otp cluster authority");

    private static readonly X500DistinguishedName Name = new("CN=Orleans.Otp cluster");

    private static readonly BigInteger P256Order = new(
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    // A certificate from the secret is trusted as long as the secret is: it ends when the secret is changed, and its key when its process
    // does. An end of its own would only stop a cluster that has run for long, and a beginning one whose clocks differ. The last instant is
    // the one that RFC 5280 sets aside for "no well-defined expiration".
    private static readonly DateTimeOffset NotBefore = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset NotAfter = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>Makes the certificate of one process.</summary>
    /// <param name="secret">The cluster's secret.</param>
    public static ClusterIdentity Issue(byte[] secret)
    {
        using var authorityKey = DeriveKey(secret);
        var authority = CreateAuthority(authorityKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Orleans.Otp process"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(ClusterIdentity.Usages(), critical: false));
        using var issued = request.Create(
            Name, X509SignatureGenerator.CreateForECDsa(authorityKey), NotBefore, NotAfter, RandomNumberGenerator.GetBytes(SerialNumberLength));
        using var certificate = issued.CopyWithPrivateKey(key);
        return new ClusterIdentity(ClusterIdentity.ForSchannel(certificate), [], [authority]);
    }

    private static ECDsa DeriveKey(byte[] secret)
    {
        var seed = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, SeedLength, info: Info);
        var scalar = (new BigInteger(seed, isUnsigned: true, isBigEndian: true) % (P256Order - 1)) + 1;
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[32];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = padded });
    }

    // Two processes' copies differ in their signatures, which are made with a random number. Nobody sees another one's copy: what a chain is
    // checked against is the key, and that is the same.
    private static X509Certificate2 CreateAuthority(ECDsa key)
    {
        var request = new CertificateRequest(Name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var withKey = request.CreateSelfSigned(NotBefore, NotAfter);
        return X509CertificateLoader.LoadCertificate(withKey.RawData);
    }
}
