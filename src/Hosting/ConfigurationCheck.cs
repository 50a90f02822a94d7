using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Otp.Hosting;

/// <summary>Reads and validates all options before anything starts, so that every fault is told at once.</summary>
public static class ConfigurationCheck
{
    /// <summary>Checks everything that was registered to be checked at start.</summary>
    /// <exception cref="ConfigurationException">There are faults.</exception>
    public static void Run(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (OptionsValidationException exception)
        {
            throw new ConfigurationException([.. exception.Failures]);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(e => e is OptionsValidationException))
        {
            throw new ConfigurationException(
                [.. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures)]);
        }
        catch (InvalidOperationException exception)
        {
            // A value that is no number, span, … : the binder's message names its key.
            throw new ConfigurationException([exception.Message]);
        }
    }
}
