using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Otp.Gateway.Auth;

/// <summary>
/// Caches valid tokens: a client sends the same one with every request for half an hour, and validating it costs as much as all the rest
/// of a refused send. The lifetime is checked each time, by the same validator.
/// </summary>
internal sealed class RememberingTokenHandler : JsonWebTokenHandler
{
    /// <summary>Beyond this the memory starts anew; valid tokens cannot be made up, so only real clients fill it.</summary>
    private const int Capacity = 1_024;

    private readonly ConcurrentDictionary<string, TokenValidationResult> _valid = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_valid.TryGetValue(token, out var known))
        {
            var remembered = known.SecurityToken;
            if (validationParameters.LifetimeValidator(remembered.ValidFrom, remembered.ValidTo, remembered, validationParameters))
            {
                return known;
            }

            _valid.TryRemove(token, out _);
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            if (_valid.Count >= Capacity)
            {
                _valid.Clear();
            }

            _valid[token] = result;
        }

        return result;
    }
}
