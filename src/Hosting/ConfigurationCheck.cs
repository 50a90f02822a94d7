using Microsoft.Extensions.Options;

namespace Otp.Hosting;

/// <summary>Reads and validates all options before anything starts, so that all faults are reported together.</summary>
public static class ConfigurationCheck
{
    /// <summary>Checks all options that are registered for validation at start.</summary>
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
            // The framework's binder could not convert a value. Its message names the key.
            throw new ConfigurationException([exception.Message]);
        }
    }
}

/// <summary>A process cannot start with its configuration.</summary>
/// <param name="faults">Every fault, one line each, with its configuration key.</param>
public sealed class ConfigurationException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine + "  - ", ["It cannot start with this configuration:", .. faults]))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
