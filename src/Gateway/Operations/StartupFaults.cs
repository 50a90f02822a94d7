using Microsoft.Extensions.Options;

namespace Orleans.Otp.Gateway.Operations;

/// <summary>Says in one message why the gateway cannot start.</summary>
internal static class StartupFaults
{
    /// <summary>Whether <paramref name="exception"/> is a fault of the configuration, for its author to mend.</summary>
    public static bool AreIn(Exception exception) => exception switch
    {
        OptionsValidationException => true,
        AggregateException aggregate => aggregate.InnerExceptions.All(AreIn),
        _ => false,
    };

    public static void Write(TextWriter writer, Exception exception)
    {
        writer.WriteLine("The gateway cannot start with this configuration:");
        foreach (var fault in FaultsOf(exception))
        {
            writer.WriteLine($"  - {fault}");
        }
    }

    private static IEnumerable<string> FaultsOf(Exception exception) => exception switch
    {
        OptionsValidationException validation => validation.Failures,
        AggregateException aggregate => aggregate.InnerExceptions.SelectMany(FaultsOf),
        _ => [exception.Message],
    };
}
