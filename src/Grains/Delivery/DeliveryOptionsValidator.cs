using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Orleans.Otp.Delivery;

/// <summary>Lists every fault of the delivery settings, each with its full configuration key.</summary>
internal sealed class DeliveryOptionsValidator(IEnumerable<IDeliveryProvider> providers, IHostEnvironment? environment = null)
    : IValidateOptions<DeliveryOptions>
{
    private readonly string[] _known = [.. providers.Select(provider => provider.Name).Order(StringComparer.Ordinal)];

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        List<string> faults =
        [
            .. Annotated(options, DeliveryOptions.Section),
            .. Listed(options.Email, nameof(options.Email)),
            .. Listed(options.Phone, nameof(options.Phone)),
        ];

        if (options.ProviderTimeout > options.TotalTimeout)
            faults.Add($"{Key(nameof(options.ProviderTimeout))}: is longer than {Key(nameof(options.TotalTimeout))}");
        if (options.Phone.Contains(SmtpProvider.ProviderName, StringComparer.OrdinalIgnoreCase))
            faults.Add($"{Key(nameof(options.Phone))}: '{SmtpProvider.ProviderName}' cannot reach phones");
        if (options.Email.Contains(SmtpProvider.ProviderName, StringComparer.OrdinalIgnoreCase) || options.Smtp.Host is not null)
            faults.AddRange(Smtp(options.Smtp, Key(nameof(options.Smtp))));

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Listed(string[] names, string channel)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (!_known.Contains(names[i], StringComparer.OrdinalIgnoreCase))
                yield return $"{Key(channel)}:{i}: there is no provider '{names[i]}'; there are {string.Join(", ", _known)}";
            else if (environment?.IsProduction() == true && names[i].Equals(InboxProvider.ProviderName, StringComparison.OrdinalIgnoreCase))
                yield return $"{Key(channel)}:{i}: '{InboxProvider.ProviderName}' lets codes be read and is not for the Production environment";
        }
    }

    private static IEnumerable<string> Smtp(SmtpOptions smtp, string path)
    {
        if (string.IsNullOrWhiteSpace(smtp.Host))
            yield return $"{path}:{nameof(smtp.Host)}: is required by the provider '{SmtpProvider.ProviderName}'";
        if (string.IsNullOrWhiteSpace(smtp.From))
            yield return $"{path}:{nameof(smtp.From)}: is required by the provider '{SmtpProvider.ProviderName}'";
        else if (!MailAddress.TryCreate(smtp.From, out var from) || !SmtpAddress.IsSafe(from.Address))
            yield return $"{path}:{nameof(smtp.From)}: is not an ASCII mail address, with or without a display name";
        if (smtp.UserName is null != smtp.Password is null)
            yield return $"{path}: {nameof(smtp.UserName)} and {nameof(smtp.Password)} go together";
        if (smtp.CaFile is not null && !File.Exists(smtp.CaFile))
            yield return $"{path}:{nameof(smtp.CaFile)}: there is no such file";

        foreach (var fault in Annotated(smtp, path))
            yield return fault;
    }

    private static IEnumerable<string> Annotated(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => $"{path}:{result.MemberNames.First()}: {result.ErrorMessage}");
    }

    private static string Key(string member) => $"{DeliveryOptions.Section}:{member}";
}
