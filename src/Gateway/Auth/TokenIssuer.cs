using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Otp.Gateway.Auth;

/// <summary>Makes access tokens: JWTs signed with HMAC-SHA-256.</summary>
internal sealed class TokenIssuer(SigningKeys keys, ProgramCatalog catalog, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(keys.All[0], SecurityAlgorithms.HmacSha256);

    /// <summary>Makes a token for a client, as far as the scope goes if there is one.</summary>
    public AccessToken Issue(ApiClient client, MemberScope? scope = null)
    {
        var now = time.GetUtcNow();
        var expires = now + catalog.Current.TokenLifetime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("n"),
            [TokenClaims.Subject] = client.Id,
            [TokenClaims.ClientId] = client.Id,
            [TokenClaims.Program] = client.Program.Id,
            [TokenClaims.Secret] = client.SecretId,
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

/// <summary>A token as it is handed out.</summary>
/// <param name="Value">The JWT.</param>
/// <param name="ExpiresAt">Its end; the JWT says it in whole seconds, rounded down.</param>
internal sealed record AccessToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(AccessToken)} until {ExpiresAt:O}";
}

/// <summary>The keys of access tokens: the first signs, all are accepted.</summary>
internal sealed class SigningKeys(IOptions<OtpOptions> options)
{
    public ImmutableArray<SymmetricSecurityKey> All { get; } =
        [.. options.Value.Tokens.SigningKeys.Select(static key => new SymmetricSecurityKey(Convert.FromBase64String(key)))];
}

/// <summary>Names fixed in every access token.</summary>
internal static class TokenClaims
{
    public const string Issuer = "orleans-otp";
    public const string Audience = "orleans-otp-api";
    public const string Subject = "sub";
    public const string ClientId = "client_id";
    public const string Program = "program";

    /// <summary>The member that the token is bound to, by its keyed hash; absent in a token for all.</summary>
    public const string Member = "member";

    /// <summary>The purpose that the token is bound to, in a token that is bound to a member.</summary>
    public const string OtpType = "otp_type";

    /// <summary>The id of the secret that the token was issued for; it ends with it.</summary>
    public const string Secret = "secret";
}
