using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Hosting;

/// <summary>Refuses to give codes away where nobody allowed it: gateways and silos alike, because a gateway passes on what a silo answers.</summary>
internal sealed class ExposedCodesValidator(IHostEnvironment environment) : IValidateOptions<OtpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        if (string.Equals(options.AllowExposedCodes, Environments.Production, StringComparison.OrdinalIgnoreCase))
        {
            return ValidateOptionsResult.Fail("Otp:AllowExposedCodes: codes are never exposed in the Production environment.");
        }

        return options.ExposeCodes && !options.MayExposeCodes(environment)
            ? ValidateOptionsResult.Fail($"Otp:ExposeCodes: the environment is {environment.EnvironmentName}. Codes are exposed in Development, and in the one that Otp:AllowExposedCodes names.")
            : ValidateOptionsResult.Success;
    }
}
