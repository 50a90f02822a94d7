using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Otp.Gateway.Auth;
using Otp.Programs;

namespace Otp.Contract;

/// <summary>Accepts the gateway's own tokens by the gateway's own rules, through the same library.</summary>
internal static class BearerAuthentication
{
    public static IServiceCollection AddBearerAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<OtpOptions>>(Configure);
        services.AddAuthorizationBuilder().AddPolicy(ClientRoles.Otp, policy => policy.RequireRole(ClientRoles.Otp));
        return services;
    }

    private static void Configure(JwtBearerOptions bearer, IOptions<OtpOptions> otp)
    {
        bearer.MapInboundClaims = false;
        bearer.IncludeErrorDetails = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new RememberingTokenHandler { MapInboundClaims = false });
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = "orleans-otp",
            ValidAudience = "orleans-otp-api",
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = new SymmetricSecurityKey(Convert.FromBase64String(otp.Value.Tokens.SigningKeys[0])),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            NameClaimType = "sub",
            LifetimeValidator = static (_, expires, _, _) => TimeProvider.System.GetUtcNow().UtcDateTime < expires,
            RoleClaimType = "roles",
        };
        bearer.Events = new JwtBearerEvents { OnTokenValidated = AcceptKnownClient };
    }

    private static Task AcceptKnownClient(TokenValidatedContext context)
    {
        var clientId = context.Principal?.FindFirst("client_id")?.Value;
        var programId = context.Principal?.FindFirst("program")?.Value;
        var catalog = context.HttpContext.RequestServices.GetRequiredService<ProgramCatalog>().Current;
        if (clientId is not null && catalog.TryGetClient(clientId, out var client) && client.Program.Id == programId)
        {
            context.HttpContext.Features.Set(client.Program);
        }
        else
        {
            context.Fail("The token's client is not known.");
        }

        return Task.CompletedTask;
    }
}
