namespace Otp.Gateway.Flow;

/// <summary>The one way from a client's id and secret to an access token, whatever the surface.</summary>
internal sealed class TokenFlow(ClientAuthentication authentication, TokenIssuer issuer, ProgramCatalog programs)
{
    /// <summary>Lets a client prove who it is.</summary>
    /// <param name="refuseAsync">Answers with a refusal.</param>
    /// <param name="scopeOf">What the token is bound to; null for a token for all members.</param>
    /// <returns>The token; null: there is none, and the request has been answered.</returns>
    public async Task<AccessToken?> IssueAsync(
        HttpContext context, string clientId, string secret, Func<Refusal, Task> refuseAsync, Func<ApiClient, MemberScope?>? scopeOf = null)
    {
        var attempt = await authentication.TryAsync(context, clientId, secret);
        if (attempt.Client is null && programs.Current.TryGetClient(clientId, out var claimed))
        {
            AuditRecord.Of(context)?.ClaimedClient = claimed;
        }

        if (attempt.RetryAfter is { } wait)
        {
            RetryAfter.Set(context.Response, wait);
            await refuseAsync(Refusal.TooManyTokenRequests);
            return null;
        }

        if (attempt.Client is not { } client)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await refuseAsync(Refusal.InvalidClient);
            return null;
        }

        AuditRecord.Of(context)?.Client = client;
        return issuer.Issue(client, scopeOf?.Invoke(client));
    }
}
