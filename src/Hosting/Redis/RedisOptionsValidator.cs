using Microsoft.Extensions.Options;

namespace Otp.Hosting.Redis;

/// <summary>Tells what is wrong with <c>ConnectionStrings:redis</c>, with all other faults of the configuration.</summary>
internal sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options) =>
        RedisConnectionString.TryParse(options.ConnectionString, out _, out var fault)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{RedisOptions.Key}: {fault}");
}
