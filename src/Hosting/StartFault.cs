using System.Net.Sockets;

namespace Orleans.Otp.Hosting;

/// <summary>Says in one message why a process cannot start.</summary>
internal static class StartFault
{
    public static string Describe(Exception exception) => exception switch
    {
        ConfigurationException => exception.Message,
        IOException when Causes(exception).OfType<SocketException>().Any() => $"It cannot start: {exception.Message} (Urls)",
        OperationCanceledException => $"It cannot start: it was not ready within {ServiceProcess.Patience.TotalSeconds:0} s.",
        _ => $"It cannot start: {string.Join(" ", Causes(exception).Select(cause => cause.Message).Distinct())}",
    };

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
