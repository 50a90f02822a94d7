using System.Globalization;
using Orleans.Otp.Gateway.Auth;
using Orleans.Otp.Gateway.Http;
using Orleans.Otp.Members;

namespace Orleans.Otp.Gateway.Loyalife;

/// <summary><c>POST …/Auth/Token</c>: a client's id and secret for an access token, which a scope binds to one member.</summary>
internal sealed class TokenEndpoint(ClientSecrets secrets, TokenIssuer issuer, MemberIndex members)
{
    private static readonly TextField GrantType = new("grant_type") { OneOf = ["client_credentials"] };
    private static readonly TextField ClientId = new("client_id") { MinLength = 1, MaxLength = 255 };
    private static readonly TextField ClientSecret = new("client_secret") { MinLength = 1, MaxLength = 1024 };
    private static readonly TextField Scope =
        new("scope") { Fault = text => TryParseScope(text, out _, out _) ? null : """not a JSON array like ["LOGIN","{RelationReference}"]""" };

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

        if (secrets.Authenticate(id, secret) is not { } client)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.InvalidClient);
            return;
        }

        var token = issuer.Issue(client, scope is null ? null : BindTo(client, scope));
        var expires = token.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        var answer = new LoyalifeTokenAnswer(new LoyalifeToken(token.Value, expires));
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer, LoyalifeJson.Answers.LoyalifeTokenAnswer);
    }

    private MemberScope BindTo(ApiClient client, string scope)
    {
        TryParseScope(scope, out var purpose, out var reference);
        return new MemberScope(purpose, members.KeyFor(client.Program.Id, reference));
    }

    private static bool TryParseScope(string text, out Purpose purpose, out string reference)
    {
        (purpose, reference) = (default, "");
        try
        {
            if (JsonSerializer.Deserialize(text, LoyalifeJson.Default.StringArray) is not [{ } name, { } member])
            {
                return false;
            }

            var isMember = RelationReference.TryParse(member, out var parsed);
            reference = parsed ?? "";
            return OtpTypes.TryParse(name, out purpose) && isMember;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
