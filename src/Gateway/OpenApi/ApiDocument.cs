using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says beside its calls.</summary>
internal static class ApiDocument
{
    public const string LoyaltyDog = "LoyaltyDog";
    public const string Loyalife = "Loyalife";
    public const string Verify = "Verify";
    public const string Members = "Members";
    public const string Targets = "Targets";
    public const string Events = "Events";
    public const string Prefixes = "Prefixes";
    public const string Operations = "Operations";

    private const string Bearer = "bearerAuth";
    private const string Basic = "basicAuth";

    private const string Description = """
        Sends one-time codes and verifies them. Three published APIs stand on one service and share limits and lockouts: **LoyaltyDog** (a customer's e-mail address or phone number), **Loyalife** (a registered member) and **Verify** (Twilio's, version 2).

        To try it here in Development: log in above, send a code, read it in [/dev/inbox](../dev/inbox), verify it.

        - Every answer carries `X-Request-Id`, which the service's log lines carry too; only what is no HTTP is refused before it has one.
        - Sends and verifies take an `Idempotency-Key`: repeat a call with its key after a fault, and it has one effect.
        - Refusals for number or pace carry `Retry-After`.
        """;

    public static Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Orleans.Otp",
            Version = "1.0.0",
            Summary = "One-time codes by e-mail and SMS.",
            Description = Description,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

        // Relative to the document's own address, so that a proxy may put a prefix before all paths.
        document.Servers = [new OpenApiServer { Url = "..", Description = "This gateway" }];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = LoyaltyDog, Description = "Codes for customers, by e-mail address or phone number, and their sessions." },
            new() { Name = Loyalife, Description = "Codes for registered members, by e-mail address or RelationReference, for one of 24 purposes. Every answer is an envelope, `results`." },
            new() { Name = Verify, Description = "Twilio's Verify API: a program is a service. Forms in, Twilio's bodies and error numbers out." },
            new() { Name = Members, Description = "The program's members. Needs the role `admin`." },
            new() { Name = Targets, Description = "Shows what the service keeps about an address, unlocks it, erases it. Needs the role `admin`. The address is in the body, never in a URL." },
            new() { Name = Events, Description = "The events that the program's endpoint has not taken yet. Needs the role `admin`." },
            new() { Name = Prefixes, Description = "Prefixes of phone numbers that the fraud guard blocks. Needs the role `admin`." },
            new() { Name = Operations, Description = "Health, this document, and the inbox of Development. Pages for people (`/docs`, `/ops`) are no part of this document." },
        };
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "JWT access token obtained from POST /v2/token, or from POST /lbms-ingress/oauth/api/Auth/Token.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Basic, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "The account's SID and auth token, or an API key's SID and secret.",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        Schemas.AddTo(document);
        return Task.CompletedTask;
    }

    /// <summary>Asks for an account's credentials instead of a token.</summary>
    public static OpenApiSecurityRequirement BasicRequirement(OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(Basic, document)] = [] };
}
