using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Otp.Gateway.Http;
using Orleans.Otp.Programs;

namespace Orleans.Otp.Gateway.Auth;

/// <summary>Makes access tokens: JWTs signed with HMAC-SHA-256.</summary>
internal sealed class TokenIssuer(SigningKey key, IOptions<OtpOptions> options, TimeProvider time, RandomNumberGenerator random)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(key.Key, SecurityAlgorithms.HmacSha256);

    /// <summary>Makes a token for a client, as far as the scope goes if there is one.</summary>
    public AccessToken Issue(ApiClient client, MemberScope? scope = null)
    {
        var now = time.GetUtcNow();
        var expires = now + options.Value.Tokens.Lifetime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Jti] = RandomHex.Next(random),
            [TokenClaims.Subject] = client.Id,
            [TokenClaims.ClientId] = client.Id,
            [TokenClaims.Program] = client.Program.Id,
            [TokenClaims.Roles] = client.Roles.ToArray(),
        };
        scope?.AddTo(claims);
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenClaims.Issuer,
            Audience = TokenClaims.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
        return new AccessToken(token, expires);
    }
}
