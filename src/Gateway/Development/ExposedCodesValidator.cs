using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Gateway.Development;

/// <summary>Refuses to give codes away in production.</summary>
internal sealed class ExposedCodesValidator(IHostEnvironment environment) : IValidateOptions<OtpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtpOptions options) => options.ExposeCodes && environment.IsProduction()
        ? ValidateOptionsResult.Fail("Otp:ExposeCodes: codes are never exposed in the Production environment; unset it.")
        : ValidateOptionsResult.Success;
}
