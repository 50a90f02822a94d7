using System.Net.Sockets;
using Otp.Hosting.Redis;

namespace Otp.Hosting;

/// <summary>Says in one message why a process cannot start.</summary>
internal static class StartFault
{
    public static string Describe(Exception exception) => exception switch
    {
        ConfigurationException => exception.Message,
        IOException when Causes(exception).OfType<SocketException>().Any() => $"It cannot start: {exception.Message} (Urls)",
        _ when Causes(exception).OfType<RedisUnavailableException>().FirstOrDefault() is { } redis =>
            $"It cannot start: {RedisOptions.Key}: {redis.Message}",
        _ when Causes(exception).Any(cause => cause.GetType().FullName!.Contains("Redis", StringComparison.Ordinal)) =>
            $"It cannot start: {RedisOptions.Key}: {Messages(exception)}",
        OperationCanceledException => $"It cannot start: it was not ready within {ServiceProcess.Patience.TotalSeconds:0} s.",
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
