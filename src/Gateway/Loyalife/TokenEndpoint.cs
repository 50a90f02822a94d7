using System.Globalization;
using Otp.Gateway.Audit;
using Otp.Gateway.Auth;
using Otp.Gateway.Http;
using Otp.Members;

namespace Otp.Gateway.Loyalife;

/// <summary><c>POST …/Auth/Token</c>: a client's id and secret for an access token, which a scope binds to one member.</summary>
internal sealed class TokenEndpoint(ClientAuthentication authentication, TokenIssuer issuer, MemberIndex members)
{
    private static readonly TextField GrantType = new("grant_type") { OneOf = ["client_credentials"] };
    private static readonly TextField ClientId = new("client_id") { MinLength = 1, MaxLength = 255 };
    private static readonly TextField ClientSecret = new("client_secret") { MinLength = 1, MaxLength = 1024 };
    private static readonly TextField Scope =
        new("scope") { Fault = text => ParseScope(text) is not null ? null : """not a JSON array like ["LOGIN","{RelationReference}"]""" };

    public async Task HandleAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        body.Required(GrantType);
        var id = body.Required(ClientId);
        var secret = body.Required(ClientSecret);
        var scope = body.Optional(Scope);
        if (!body.IsValid)
        {
            await body.WriteErrorsAsync(context);
            return;
        }

        var attempt = await authentication.TryAsync(context, id, secret);
        if (attempt.RetryAfter is { } wait)
        {
            RetryAfter.Set(context.Response, wait);
            await LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.TooMany);
            return;
        }

        if (attempt.Client is not { } client)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.InvalidClient);
            return;
        }

        var token = issuer.Issue(client, scope is null ? null : Bind(client, scope));
        var expires = token.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        AuditRecord.By(context, client);
        context.Response.Headers.CacheControl = "no-store";
        var answer = new LoyalifeTokenAnswer(new LoyalifeToken(token.Value, expires));
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer, LoyalifeJson.Answers.LoyalifeTokenAnswer);
    }

    private MemberScope? Bind(ApiClient client, string scope) =>
        ParseScope(scope) is { } reference ? new MemberScope(members.KeyFor(client.Program.Id, reference)) : null;

    // The first element says what the token was asked for; what it is good for depends on the member alone.
    private static string? ParseScope(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, LoyalifeJson.Default.StringArray) is [{ } name, { } member]
                && OtpTypes.Find(name) is not null
                    ? RelationReference.Parse(member)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
