using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp.Programs;
using Otp.Settings;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Lists every fault of the delivery settings and of programs' own, none with a secret. Only a silo knows the providers.</summary>
/// <param name="configure">
/// What binds the delivery settings. Not <see cref="IOptions{TOptions}"/>: that throws when they have faults, and those of the programs
/// would not be told with them.
/// </param>
/// <param name="registered">Providers that are registered in code; they must not need the delivery settings.</param>
internal sealed class DeliveryValidator(
    IEnumerable<IConfigureOptions<DeliveryOptions>> configure,
    IEnumerable<IDeliveryProvider> registered,
    IHostEnvironment? environment = null)
    : IValidateOptions<DeliveryOptions>, IValidateOptions<OtpOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var faults = new FaultList();
        options.CheckTimes(faults);
        CheckList(options.Email, Channel.Email, $"{DeliveryOptions.Section}:Email", options, faults);
        CheckList(options.Phone, Channel.Phone, $"{DeliveryOptions.Section}:Phone", options, faults);
        foreach (var (path, provider, settings) in options.Providers())
        {
            faults.AddIf(!FaultList.IsName(provider), $"{path}: a provider's name is 1–32 ASCII letters, digits, '_' and '-'.");
            faults.AddIf(NamesOf(options).Count(other => Same(other, provider)) > 1, $"{path}: another provider has this name.");
            settings.Check(path, environment, faults);
        }

        return faults.ToResult();
    }

    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        var delivery = new DeliveryOptions();
        foreach (var step in configure)
        {
            step.Configure(delivery);
        }

        var faults = new FaultList();
        CheckReach(delivery.Email, $"{DeliveryOptions.Section}:Email", options, faults);
        CheckReach(delivery.Phone, $"{DeliveryOptions.Section}:Phone", options, faults);
        faults.AddIf(
            options.Receipts.BaseUrl is { } address && !IsBaseAddress(address),
            $"{OtpOptions.Section}:Receipts:BaseUrl is not an https address without a user name, query and fragment (http: on this machine, or in the Development environment).");
        foreach (var (id, program) in options.Programs)
        {
            var path = $"{OtpOptions.Section}:Programs:{id}";
            CheckChannels(path, program, options, delivery, faults);
            faults.AddIf(
                program.Delivery.HandOverUndelivered && options.Receipts.BaseUrl is null,
                $"{path}:Delivery:HandOverUndelivered: {OtpOptions.Section}:Receipts:BaseUrl is missing, so no provider reports anything.");
            CheckList(program.Delivery.Email, Channel.Email, $"{path}:Delivery:Email", delivery, faults);
            CheckList(program.Delivery.Phone, Channel.Phone, $"{path}:Delivery:Phone", delivery, faults);
            CheckReach(program.Delivery.Email, $"{path}:Delivery:Email", options, faults);
            CheckReach(program.Delivery.Phone, $"{path}:Delivery:Phone", options, faults);
            faults.AddIf(
                program.Sender.Email is { } mail && !MailAddress.TryRead(mail, out _),
                $"{path}:Sender:Email is not one mail address in ASCII, with or without a display name.");
            faults.AddIf(
                program.Sender.Phone is { } phone && !SmsSenderId.IsValid(phone),
                $"{path}:Sender:Phone is neither a number (E.164), a short code, a messaging service, nor a name: {SmsSenderId.NameRule}.");
            faults.AddIf(
                program.Domain is { } domain && !SmsText.IsDomain(domain),
                $"{path}:Domain is not a host name in ASCII of two labels or more and at most {SmsText.MaxDomainLength} characters.");
        }

        return faults.ToResult();
    }

    private void CheckList(IReadOnlyList<string>? list, Channel channel, string path, DeliveryOptions options, FaultList faults) =>
        faults.CheckEach(path, list, (setting, provider) =>
            !NamesOf(options).Contains(provider, StringComparer.OrdinalIgnoreCase)
                ? $"{setting}: '{provider}' is not a provider ({string.Join(", ", NamesOf(options).Order(StringComparer.Ordinal))})."
            : SettingsOf(options, provider)?.Reaches(channel) == false
                ? $"{setting}: '{provider}' does not reach {(channel == Channel.Email ? "mail addresses" : "phones")}."
            : null);

    // Where people are, a message must reach them, and nobody else may read it.
    private void CheckReach(IReadOnlyList<string>? list, string path, OtpOptions options, FaultList faults)
    {
        if (environment is not null && !options.MayExposeCodes(environment))
        {
            faults.CheckEach(path, list, (setting, provider) => Same(provider, InboxProvider.ProviderName) || Same(provider, DiscardProvider.ProviderName)
                ? $"{setting}: '{provider}' sends nothing, and the environment is {environment.EnvironmentName}. It is for Development, and for the one that Otp:AllowExposedCodes names: set it, or list a provider that sends."
                : null);
        }
    }

    // A channel that no provider carries would be found out by the person who waits for a call.
    private void CheckChannels(string path, ProgramOptions program, OtpOptions service, DeliveryOptions delivery, FaultList faults)
    {
        var (list, phones) = program.Delivery.Phone is { Count: > 0 } own ? ($"{path}:Delivery:Phone", own) : ($"{DeliveryOptions.Section}:Phone", (IReadOnlyList<string>)delivery.Phone);
        Check($"{path}:Verify:Channels", program.Verify.Channels);
        if (program.Verify is { Psd2: true, Channels: { } channels } && channels.IndexOf(VerificationChannel.WhatsApp) is >= 0 and var place)
        {
            foreach (var provider in phones.Where(name => delivery.Twilio.GetValueOrDefault(name) is { WhatsAppContentSid: not null }))
            {
                faults.Add($"{path}:Verify:Channels:{place}: '{provider}' has a WhatsAppContentSid, and a message of that template does not name the payment (Psd2).");
            }
        }

        Check($"{path}:Policy:Fallback", program.Policy.Fallback);
        if (program.Policy.Fallback is null)
        {
            Check($"{OtpOptions.Section}:Policy:Fallback", service.Policy.Fallback);
        }

        foreach (var (purpose, policy) in program.Purposes)
        {
            Check($"{path}:Purposes:{purpose}:Fallback", policy.Fallback);
        }

        // A provider that is registered in code may carry anything.
        void Check(string key, List<VerificationChannel>? channels) => faults.CheckEach(key, channels, (setting, channel) =>
            channel is VerificationChannel.Call or VerificationChannel.WhatsApp && phones.All(name => SettingsOf(delivery, name)?.Carries(channel) == false)
                ? $"{setting}: no provider of {list} carries {channel}."
                : null);
    }

    private static IProviderOptions? SettingsOf(DeliveryOptions options, string provider) =>
        options.Providers().FirstOrDefault(known => Same(known.Name, provider)).Options;

    private bool IsBaseAddress(string text) =>
        HttpSender.IsServiceAddress(text, allowClear: environment?.IsDevelopment() == true) && new Uri(text) is { Query: "", Fragment: "" };

    private IEnumerable<string> NamesOf(DeliveryOptions options) =>
    [
        InboxProvider.ProviderName,
        DiscardProvider.ProviderName,
        .. registered.Select(provider => provider.Name),
        .. options.Providers().Select(provider => provider.Name),
    ];

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
