using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Lists every fault of what programs say about delivery: providers, senders, domain. Only a silo knows the providers.</summary>
internal sealed class ProgramDeliveryValidator(
    IEnumerable<IConfigureOptions<DeliveryOptions>> configure,
    IEnumerable<DeliveryProviderName> registered,
    IHostEnvironment? environment = null)
    : IValidateOptions<OtpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        // Not IOptions: that throws when the delivery settings have faults, and those of the programs would not be told with them.
        var delivery = new DeliveryOptions();
        foreach (var step in configure)
            step.Configure(delivery);

        var providers = new ProviderNames(delivery, registered);
        var faults = options.Programs
            .SelectMany(program => Faults(program.Value, $"{OtpOptions.Section}:Programs:{program.Key}", providers))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private List<string> Faults(ProgramOptions program, string path, ProviderNames providers)
    {
        List<string> faults =
        [
            .. providers.ListFaults(program.Delivery.Email, Channel.Email, $"{path}:Delivery:Email", environment),
            .. providers.ListFaults(program.Delivery.Phone, Channel.Phone, $"{path}:Delivery:Phone", environment),
        ];
        if (program.Sender.Email is { } mail && !SmtpAddress.IsSender(mail))
            faults.Add($"{path}:Sender:Email is not one mail address in ASCII, with or without a display name.");
        if (program.Sender.Phone is { } phone && !SmsSender.IsValid(phone))
            faults.Add($"{path}:Sender:Phone is neither a number (E.164), a short code, 1–11 letters and digits, nor a messaging service.");
        if (program.Domain is { } domain && !OriginDomain.IsValid(domain))
            faults.Add($"{path}:Domain is not a host name in ASCII of two labels or more and at most {SmsText.MaxDomainLength} characters.");
        return faults;
    }
}
