using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Otp.Programs;
using Otp.Settings;

namespace Otp.Hosting.Cluster;

/// <summary>Mutual TLS between the processes of a cluster, from <c>Otp:Cluster</c>: only they can talk to a silo.</summary>
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
        services.TryAddSingleton<Credentials>();
        services.AddOptions<OtpOptions>().Check<OtpOptions, Credentials>(static (options, credentials, faults) => credentials.Check(options.Cluster, faults));
        services.TryAddSingleton(static provider =>
        {
            _ = provider.GetRequiredService<IOptions<OtpOptions>>().Value;
            return provider.GetRequiredService<Credentials>().Identity!;
        });
        services.TryAddSingleton<HandshakeGuard>();
        // For each failed handshake it logs a warning with a stack trace; HandshakeGuard logs one line.
        services.AddLogging(static logging => logging.AddFilter("Orleans.Connections.Security", LogLevel.None));
    }

    /// <summary>The process' identity, made when the settings are first checked: a change takes a restart, so a reload does not read the files again.</summary>
    private sealed class Credentials
    {
        public ClusterIdentity? Identity { get; private set; }

        public void Check(ClusterSecurityOptions options, FaultList faults)
        {
            try
            {
                Identity ??= Create(options);
            }
            catch (ConfigurationException exception)
            {
                exception.Faults.ToList().ForEach(faults.Add);
            }
        }

        // A secret that is not base64 is a fault that the options' own check reports.
        private static ClusterIdentity? Create(ClusterSecurityOptions options) => (options.Certificate, options.Secret) switch
        {
            ({ Length: > 0 }, _) => CertificateFile.Read(options),
            (_, { Length: > 0 } secret) => FaultList.IsBase64(secret, atLeast: 32) ? SecretAuthority.Issue(Convert.FromBase64String(secret)) : null,
            _ => throw new ConfigurationException([
                "Otp:Cluster:Secret is missing: base64 of at least 32 random bytes, the same in all processes of the cluster. "
                + "(Or Otp:Cluster:Certificate: a PEM or PFX file.)"]),
        };
    }
}
