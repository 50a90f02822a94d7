using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Otp.Gateway.Verify;

/// <summary>
/// Basic authentication (RFC 7617) with an account's SID and token, or an API key's SID and secret, for the service in the path. A caller
/// with the right credentials gets 404 for a service that is not its own.
/// </summary>
internal sealed class BasicAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ProgramCatalog programs,
    ClientSecrets secrets,
    ClientAuthentication authentication) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Basic";

    /// <summary>The policy of the surface's calls.</summary>
    public const string Policy = "verify";

    /// <summary>The <c>WWW-Authenticate</c> header of a 401.</summary>
    public const string Challenge = "Basic realm=\"Verify\", charset=\"UTF-8\"";

    private TimeSpan? _wait;
    private bool _isElsewhere;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!TryRead(Request.Headers.Authorization, out var userName, out var secret))
        {
            return AuthenticateResult.NoResult();
        }

        // Only tries are counted, and so only secrets that were not right before: this surface proves itself with each request.
        var serviceSid = VerifyEndpoints.ServiceSidOf(Context);
        var clientId = programs.Current.VerifyClientIdOf(serviceSid, userName);
        var client = secrets.Recall(clientId, secret);
        if (client is null)
        {
            (client, _wait) = await authentication.TryAsync(Context, clientId, secret);
        }

        if (client is null)
        {
            if (programs.Current.TryGetClient(clientId, out var claimed))
            {
                AuditRecord.Of(Context)?.ClaimedClient = claimed;
            }

            return AuthenticateResult.Fail("The credentials are not known.");
        }

        AuditRecord.Of(Context)?.Client = client;
        _isElsewhere = client.Program.Verify?.ServiceSid != serviceSid;
        if (_isElsewhere)
        {
            return AuthenticateResult.Fail("The service is not the caller's.");
        }

        Caller.Set(Context, client.Client);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(SchemeName)), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait is { } wait)
        {
            RetryAfter.Set(Response, wait);
            return VerifyError.WriteAsync(Context, VerifyErrorCode.TooManyRequests);
        }

        if (_isElsewhere)
        {
            return VerifyError.WriteAsync(Context, VerifyErrorCode.NotFound);
        }

        Response.Headers.WWWAuthenticate = Challenge;
        return VerifyError.WriteAsync(Context, VerifyErrorCode.Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => VerifyError.WriteAsync(Context, VerifyErrorCode.Forbidden);

    private static bool TryRead(string? header, [NotNullWhen(true)] out string? userName, [NotNullWhen(true)] out string? secret)
    {
        (userName, secret) = (null, null);
        if (!AuthenticationHeaderValue.TryParse(header, out var credentials)
            || !credentials.Scheme.Equals(SchemeName, StringComparison.OrdinalIgnoreCase)
            || credentials.Parameter is not { Length: > 0 } parameter)
        {
            return false;
        }

        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        (userName, secret) = colon < 0 ? (null, null) : (text[..colon], text[(colon + 1)..]);
        return colon >= 0;
    }
}
