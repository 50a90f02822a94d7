using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Orleans.Otp.Stateless;

/// <summary>Remembers valid tokens, as the gateway does.</summary>
internal sealed class RememberingTokenHandler(TimeProvider time) : JsonWebTokenHandler
{
    /// <summary>Beyond this the memory starts anew; valid tokens cannot be made up, so only real clients fill it.</summary>
    private const int Capacity = 1_024;

    private readonly ConcurrentDictionary<string, TokenValidationResult> _valid = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_valid.TryGetValue(token, out var known))
        {
            var remembered = known.SecurityToken;
            if (time.GetUtcNow().UtcDateTime < remembered.ValidTo)
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
