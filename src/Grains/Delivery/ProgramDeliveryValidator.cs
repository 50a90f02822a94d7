using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Otp.Programs;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

/// <summary>Lists every fault of the programs' own lists of providers; only a silo knows which providers there are.</summary>
internal sealed class ProgramDeliveryValidator(IEnumerable<DeliveryProviderName> providers, IHostEnvironment? environment = null)
    : IValidateOptions<OtpOptions>
{
    private readonly ProviderLists _lists = new(providers, environment);

    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        var faults = options.Programs.SelectMany(program => Faults(program.Value, $"{OtpOptions.Section}:Programs:{program.Key}:Delivery")).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(ProgramOptions program, string path) =>
    [
        .. _lists.Faults(program.Delivery.Email, Channel.Email, $"{path}:Email"),
        .. _lists.Faults(program.Delivery.Phone, Channel.Phone, $"{path}:Phone"),
    ];
}
