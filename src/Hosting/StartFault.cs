using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Otp.Hosting.Redis;

namespace Otp.Hosting;

/// <summary>Describes in one message why a process cannot start.</summary>
internal static class StartFault
{
    /// <summary>Describes the fault.</summary>
    /// <param name="exception">The exception that ended the start.</param>
    /// <param name="stranger">The process of the cluster with which every handshake failed; null if there is none.</param>
    /// <param name="endpoints">Where the silo listens; null if the process has none.</param>
    public static string Describe(Exception exception, EndPoint? stranger, EndpointOptions? endpoints) => exception switch
    {
        ConfigurationException => exception.Message,
        IOException when Causes(exception).OfType<SocketException>().Any() => $"It cannot start: {exception.Message} (Urls, Kestrel:Endpoints or Otp:Management:Urls)",
        AddressInUseException when endpoints is not null =>
            $"It cannot start: Orleans:Endpoints: port {endpoints.SiloPort} (SiloPort) or {endpoints.GatewayPort} (GatewayPort) is in use.",
        _ when Causes(exception).OfType<RedisUnavailableException>().FirstOrDefault() is { } redis =>
            $"It cannot start: {RedisOptions.Key}: {redis.Message}",
        _ when Causes(exception).Any(cause => cause.GetType().FullName!.Contains("Redis", StringComparison.Ordinal)) =>
            $"It cannot start: {RedisOptions.Key}: {Messages(exception)}",
        _ when stranger is not null =>
            $"It cannot start: the process at {stranger} and this one have not proved to each other that they belong to one cluster. "
            + "Otp:Cluster:Secret must be the same in both (or their Otp:Cluster:Certificate by one authority).",
        OperationCanceledException => $"It cannot start: it was not ready within {ServiceProcess.StartTimeout.TotalSeconds:0} s.",
        _ => $"It cannot start: {Messages(exception)}",
    };

    private static string Messages(Exception exception) => string.Join(" ", Causes(exception).Select(cause => cause.Message).Distinct());

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
