using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Otp.Settings;

namespace Otp.Gateway.Auth;

/// <summary>Which bearer tokens are accepted, what they allow, and how the others are refused.</summary>
internal static class BearerAuthentication
{
    /// <summary>The policy of calls that need the role <c>otp</c> and concern anyone.</summary>
    public const string OtpPolicy = ClientRoles.Otp;

    /// <summary>The policy of calls that need the role <c>otp</c> and concern one member, whom the token may be bound to.</summary>
    public const string MemberPolicy = "member";

    /// <summary>The policy of calls that need the role <c>admin</c>.</summary>
    public const string AdminPolicy = ClientRoles.Admin;

    /// <summary>How far the clocks of two gateways may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddBearerAuthentication(this IServiceCollection services)
    {
        services.AddOptions<OtpOptions>().Check(static (otp, faults) => faults.RequireSecretKeys("Otp:Tokens:SigningKeys", otp.Tokens.SigningKeys));
        services.AddSingleton<SigningKeys>().AddSingleton<TokenIssuer>().AddSingleton<ClientSecrets>().AddSingleton<ClientAuthentication>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.RemoveDataProtectionKeys();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<SigningKeys, TimeProvider>(Configure);
        services.AddAuthorizationBuilder()
            .AddPolicy(OtpPolicy, policy => policy.RequireClientRole(ClientRoles.Otp).RequireAssertion(IsUnbound))
            .AddPolicy(MemberPolicy, policy => policy.RequireClientRole(ClientRoles.Otp))
            .AddPolicy(AdminPolicy, policy => policy.RequireClientRole(ClientRoles.Admin).RequireAssertion(IsUnbound));
        return services;
    }

    // Authentication brings data protection along, which writes a key into the home directory at each start. Nothing here uses it.
    private static void RemoveDataProtectionKeys(this IServiceCollection services)
    {
        var writer = services.Single(service =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly);
        services.Remove(writer);
    }

    private static void Configure(JwtBearerOptions options, SigningKeys keys, TimeProvider time)
    {
        options.MapInboundClaims = false;
        options.IncludeErrorDetails = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new RememberingTokenHandler { MapInboundClaims = false });
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = TokenClaims.Issuer,
            ValidAudience = TokenClaims.Audience,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = keys.All.Cast<SecurityKey>(),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            NameClaimType = TokenClaims.Subject,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires, time.GetUtcNow().UtcDateTime),
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = AcceptKnownClient,
            OnChallenge = WriteUnauthorizedAsync,
            OnForbidden = context => ErrorAnswer.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden, "Not enough permissions"),
        };
    }

    // A token bound to one member does nothing that may concern another.
    private static bool IsUnbound(AuthorizationHandlerContext context) => MemberScope.Of(context.User) is null;

    private static bool IsCurrent(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires is { } end && now < end && (notBefore is not { } start || start <= now + ClockSkew);

    /// <summary>A token outlives neither its client, nor the secret that it was issued for, nor the client's place in its program.</summary>
    private static Task AcceptKnownClient(TokenValidatedContext context)
    {
        var programs = context.HttpContext.RequestServices.GetRequiredService<ProgramCatalog>().Current;
        if (context.SecurityToken is JsonWebToken token
            && token.TryGetPayloadValue(TokenClaims.ClientId, out string clientId)
            && token.TryGetPayloadValue(TokenClaims.Program, out string programId)
            && token.TryGetPayloadValue(TokenClaims.Secret, out string secretId)
            && programs.TryGetClient(clientId, out var client)
            && client.Program.Id == programId
            && client.HasSecret(secretId))
        {
            Caller.Set(context.HttpContext, client);
        }
        else
        {
            context.Fail("The token's client is not known.");
        }

        return Task.CompletedTask;
    }

    private static Task WriteUnauthorizedAsync(JwtBearerChallengeContext challenge)
    {
        challenge.HandleResponse();
        challenge.Response.Headers.WWWAuthenticate = "Bearer";
        var text = challenge.AuthenticateFailure is null ? "Not authenticated" : "Could not validate credentials";
        return ErrorAnswer.WriteAsync(challenge.HttpContext, StatusCodes.Status401Unauthorized, text);
    }
}
