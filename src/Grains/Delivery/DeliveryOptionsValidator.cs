using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Lists every fault of the delivery settings, each with its full configuration key and none with a secret.</summary>
internal sealed class DeliveryOptionsValidator(IEnumerable<DeliveryProviderName> registered, IHostEnvironment? environment = null)
    : IValidateOptions<DeliveryOptions>
{
    private const string Path = DeliveryOptions.Section;

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var providers = new ProviderNames(options, registered);
        List<string> faults =
        [
            .. Annotated(options, Path),
            .. Annotated(options.Breaker, $"{Path}:Breaker"),
            .. providers.NameFaults(Path),
            .. providers.ListFaults(options.Email, Channel.Email, $"{Path}:Email", environment),
            .. providers.ListFaults(options.Phone, Channel.Phone, $"{Path}:Phone", environment),
            .. Kind(options.Smtp, "Smtp", SmtpOptionsFaults.Of),
            .. Kind(options.Twilio, "Twilio", TwilioOptionsFaults.Of),
            .. Kind(options.Webhook, "Webhook", (webhook, path) => WebhookOptionsFaults.Of(webhook, path, environment)),
        ];

        if (options.ProviderTimeout > options.TotalTimeout)
            faults.Add($"{Path}:ProviderTimeout: {options.ProviderTimeout} is longer than {Path}:TotalTimeout, {options.TotalTimeout}.");

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Kind<TOptions>(
        Dictionary<string, TOptions> providers, string kind, Func<TOptions, string, IEnumerable<string>> faults)
        where TOptions : class =>
        providers.SelectMany(provider =>
        {
            var path = $"{Path}:{kind}:{provider.Key}";
            return Annotated(provider.Value, path).Concat(faults(provider.Value, path));
        });

    private static IEnumerable<string> Annotated(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => $"{path}:{result.MemberNames.First()}: {result.ErrorMessage}");
    }
}
