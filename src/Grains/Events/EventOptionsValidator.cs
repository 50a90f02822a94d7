using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp.Delivery;
using Otp.Programs;
using Otp.Settings;

namespace Otp.Events;

/// <summary>Lists every fault of programs' endpoints, each with its configuration key and none with a secret. Only silos use them.</summary>
/// <param name="environment">Where the process runs.</param>
internal sealed class EventOptionsValidator(IHostEnvironment? environment = null) : IValidateOptions<OtpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        var faults = new FaultList();
        foreach (var (id, program) in options.Programs)
        {
            var path = $"{OtpOptions.Section}:Programs:{id}:Events";
            var events = program.Events;
            if (events.Url is not null)
            {
                WebhookOptions.CheckEndpoint(path, events.Url, events.Secrets, environment, faults);
            }
            else if (events.Secrets.Count > 0 || events.IncludeTarget || events.Types is not null)
            {
                faults.Add($"{path}:Url is missing: without it nobody is told of events.");
            }
        }

        return faults.ToResult();
    }
}
