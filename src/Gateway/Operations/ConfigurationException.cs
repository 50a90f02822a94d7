namespace Orleans.Otp.Gateway.Operations;

/// <summary>The gateway cannot start with the configuration that it was given.</summary>
/// <param name="faults">Everything that is wrong, one line each, with its configuration key.</param>
public sealed class ConfigurationException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine + "  - ", ["The gateway cannot start with this configuration:", .. faults]))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
