using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Otp.Programs;

namespace Otp.Hosting.Cluster;

/// <summary>Mutual TLS between the processes of a cluster, from <c>Otp:Cluster</c>: nobody talks to a silo who does not belong to it.</summary>
public static class ClusterTls
{
    /// <summary>Guards the silo's ports, for silos and for gateways, and its connections to other silos.</summary>
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo)
    {
        silo.Services.AddHandshakes();
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<HandshakeGuard>(static (options, guard) =>
        {
            options.ConfigureSiloInboundConnection(guard.GuardInbound);
            options.ConfigureGatewayInboundConnection(guard.GuardInbound);
            options.ConfigureSiloOutboundConnection(guard.GuardOutbound);
        });
        return silo;
    }

    /// <summary>Guards the client's connections to silos.</summary>
    public static IClientBuilder UseClusterTls(this IClientBuilder client)
    {
        client.Services.AddHandshakes();
        client.Services.AddOptions<ClientConnectionOptions>().Configure<HandshakeGuard>(static (options, guard) =>
            options.ConfigureConnection(guard.GuardOutbound));
        return client;
    }

    private static void AddHandshakes(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OtpOptions>, ClusterSecurityValidator>());
        services.TryAddSingleton(static provider => Identify(provider.GetRequiredService<IOptions<OtpOptions>>().Value.Cluster));
        services.TryAddSingleton<HandshakeGuard>();
        // Each failed handshake as a warning with a stack trace; HandshakeGuard says the same in a line.
        services.AddLogging(static logging => logging.AddFilter("Orleans.Connections.Security", LogLevel.None));
    }

    private static ClusterIdentity Identify(ClusterSecurityOptions options) => string.IsNullOrEmpty(options.Certificate)
        ? SecretAuthority.Issue(Convert.FromBase64String(options.Secret!))
        : new CertificateFile(options).Read()
            ?? throw new InvalidOperationException("Otp:Cluster:Certificate: the files have changed since they were checked.");
}
