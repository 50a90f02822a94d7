using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Otp.Hosting.Cluster;

/// <summary>What a process proves with that it belongs to the cluster, and what it wants to see of the others.</summary>
internal sealed class ClusterIdentity
{
    private readonly SslStreamCertificateContext _context;
    private readonly X509Certificate2Collection _intermediates;
    private readonly X509Certificate2Collection _authorities;

    /// <summary>Puts it together.</summary>
    /// <param name="certificate">The process' own certificate, with its private key.</param>
    /// <param name="intermediates">What leads from it to an authority.</param>
    /// <param name="authorities">Whose certificates are trusted: these and nobody else's.</param>
    public ClusterIdentity(X509Certificate2 certificate, X509Certificate2Collection intermediates, X509Certificate2Collection authorities)
    {
        (Certificate, _intermediates, _authorities) = (certificate, intermediates, authorities);
        _context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    /// <summary>The process' own certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What a certificate must be good for, since every silo is a server and a client: TLS server and TLS client authentication.</summary>
    public static OidCollection Usages() => [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    /// <summary>The certificate in a form whose key Windows' TLS can use, which it cannot if the key was never in a store.</summary>
    public static X509Certificate2 ForSchannel(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);

    /// <summary>Why a process with the same settings would not trust this one; nothing if it would.</summary>
    public IReadOnlyList<X509ChainStatusFlags> Faults()
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.ExtraStore.AddRange(_intermediates);
        return chain.Build(Certificate) ? [] : [.. chain.ChainStatus.Select(status => status.Status)];
    }

    /// <summary>TLS in which either side has to show a certificate by an authority of the cluster.</summary>
    /// <param name="handshakeTimeout">How long a handshake may take.</param>
    public TlsOptions ToTls(TimeSpan handshakeTimeout) => new()
    {
        LocalCertificate = Certificate,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
        HandshakeTimeout = handshakeTimeout,
        // The chain has been built by Policy. Names are not compared: processes come and go at any address, and the authority vouches for
        // all of them alike.
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
            // A cluster must start without asking anybody outside; to shut a certificate out, its authority is replaced.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        foreach (var usage in Usages())
        {
            policy.ApplicationPolicy.Add(usage);
        }

        return policy;
    }
}
