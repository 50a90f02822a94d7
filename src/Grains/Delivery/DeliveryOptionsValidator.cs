using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

/// <summary>Lists every fault of the delivery settings, each with its full configuration key.</summary>
internal sealed class DeliveryOptionsValidator(IEnumerable<DeliveryProviderName> providers, IHostEnvironment? environment = null)
    : IValidateOptions<DeliveryOptions>
{
    private const string Path = DeliveryOptions.Section;

    private readonly ProviderLists _lists = new(providers, environment);

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        List<string> faults =
        [
            .. Annotated(options, Path),
            .. _lists.Faults(options.Email, Channel.Email, $"{Path}:Email"),
            .. _lists.Faults(options.Phone, Channel.Phone, $"{Path}:Phone"),
            .. Annotated(options.Smtp, $"{Path}:Smtp"),
        ];

        if (options.ProviderTimeout > options.TotalTimeout)
            faults.Add($"{Path}:ProviderTimeout: {options.ProviderTimeout} is longer than {Path}:TotalTimeout, {options.TotalTimeout}.");
        if (options.Email.Contains(SmtpProvider.ProviderName, StringComparer.OrdinalIgnoreCase) || options.Smtp.Host is not null)
            faults.AddRange(Smtp(options.Smtp, $"{Path}:Smtp"));

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Smtp(SmtpOptions smtp, string path)
    {
        if (string.IsNullOrWhiteSpace(smtp.Host))
            yield return $"{path}:Host is missing: the mail server of the provider 'smtp'.";
        if (string.IsNullOrWhiteSpace(smtp.From))
            yield return $"{path}:From is missing: the sender of the provider 'smtp'.";
        else if (!MailAddress.TryCreate(smtp.From, out var from) || !SmtpAddress.IsSafe(from.Address) || from.DisplayName.Contains('@', StringComparison.Ordinal))
            yield return $"{path}:From is not one mail address in ASCII, with or without a display name.";
        if (smtp.UserName is not null && smtp.Password is null)
            yield return $"{path}:Password is missing: {path}:UserName is set.";
        if (smtp.Password is not null && smtp.UserName is null)
            yield return $"{path}:UserName is missing: {path}:Password is set.";
        if (smtp.CaFile is not null && !File.Exists(smtp.CaFile))
            yield return $"{path}:CaFile: there is no file '{smtp.CaFile}'.";
    }

    private static IEnumerable<string> Annotated(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => $"{path}:{result.MemberNames.First()}: {result.ErrorMessage}");
    }
}
