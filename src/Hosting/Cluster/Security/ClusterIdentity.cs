using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Otp.Hosting.Cluster;

/// <summary>The certificate that a process shows to the others of its cluster, and the authorities whose certificates it trusts.</summary>
/// <param name="certificate">The process' own certificate, with its private key.</param>
/// <param name="intermediates">The certificates that lead from it to an authority.</param>
/// <param name="authorities">The trusted authorities, and the only ones.</param>
internal sealed class ClusterIdentity(
    X509Certificate2 certificate, X509Certificate2Collection intermediates, X509Certificate2Collection authorities)
{
    private readonly SslStreamCertificateContext _context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);

    /// <summary>The process' own certificate, with its private key.</summary>
    public X509Certificate2 Certificate => certificate;

    /// <summary>The usages that a certificate must allow, because every silo is a server and a client: TLS server and TLS client authentication.</summary>
    public static OidCollection Usages() => [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    /// <summary>The certificate with its key in a form that Windows' TLS can use: it cannot use a key that was never in a key store.</summary>
    public static X509Certificate2 ForSchannel(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);

    /// <summary>Why a process with the same settings would not trust this one; empty if it would.</summary>
    public IReadOnlyList<X509ChainStatusFlags> Faults()
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        return chain.Build(certificate) ? [] : [.. chain.ChainStatus.Select(status => status.Status)];
    }

    /// <summary>TLS in which both sides must show a certificate by an authority of the cluster.</summary>
    /// <param name="handshakeTimeout">How long a handshake may take.</param>
    public TlsOptions ToTls(TimeSpan handshakeTimeout) => new()
    {
        LocalCertificate = certificate,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
        HandshakeTimeout = handshakeTimeout,
        // Policy has validated the chain. Names are not compared: a process may run at any address, and the authority vouches for all alike.
        RemoteCertificateValidation = static (_, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
        OnAuthenticateAsServer = (_, options) =>
        {
            var server = (SslServerAuthenticationOptions)options.SslServerAuthenticationOptions;
            server.ServerCertificateSelectionCallback = null;
            server.ServerCertificateContext = _context;
            server.CertificateChainPolicy = Policy();
        },
        OnAuthenticateAsClient = (_, options) =>
        {
            var client = (SslClientAuthenticationOptions)options.SslClientAuthenticationOptions;
            client.ClientCertificates = null;
            client.ClientCertificateContext = _context;
            client.CertificateChainPolicy = Policy();
        },
    };

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A cluster must start without any service outside. To exclude a certificate, the operator replaces its authority.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        foreach (var usage in Usages())
        {
            policy.ApplicationPolicy.Add(usage);
        }

        return policy;
    }
}
