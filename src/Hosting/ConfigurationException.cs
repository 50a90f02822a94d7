namespace Otp.Hosting;

/// <summary>A process cannot start with the configuration that it was given.</summary>
/// <param name="faults">Everything that is wrong, one line each, with its configuration key.</param>
public sealed class ConfigurationException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine + "  - ", ["It cannot start with this configuration:", .. faults]))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
