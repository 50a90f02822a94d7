using Otp.Members;
using Otp.Text;

namespace Otp.Gateway.Loyalife;

/// <summary><c>POST …/Auth/Token</c>: a client's id and secret for an access token, which a scope binds to one member and purpose.</summary>
internal sealed class TokenEndpoint(TokenFlow tokens, MemberIndex members)
{
    public static readonly TextField GrantType = new("grant_type") { OneOf = ["client_credentials"] };
    public static readonly TextField ClientId = new("client_id") { MinLength = 1, MaxLength = 255, Clean = PastedText.Clean };
    public static readonly TextField ClientSecret = new("client_secret") { MinLength = 1, MaxLength = 1024 };
    public static readonly TextField Scope =
        new("scope") { Fault = text => ParseScope(text) is not null ? null : """not a JSON array like ["LOGIN","{RelationReference}"]""" };

    public async Task HandleAsync(HttpContext context)
    {
        var (id, secret) = ("", "");
        string? scope = null;
        if (!await JsonBody.TryReadAsync(context, Read))
        {
            return;
        }

        Func<ApiClient, MemberScope?>? scopeOf = scope is null ? null : client => Bind(client, scope);
        if (await tokens.IssueAsync(context, id, secret, refusal => LoyalifeAnswer.RefuseAsync(context, refusal), scopeOf) is not { } token)
        {
            return;
        }

        var expires = token.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var answer = new LoyalifeTokenAnswer(new LoyalifeToken(token.Value, expires));
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer);

        void Read(JsonBody body)
        {
            body.Required(GrantType);
            id = body.Required(ClientId);
            secret = body.Required(ClientSecret);
            scope = body.Optional(Scope);
        }
    }

    private MemberScope? Bind(ApiClient client, string scope) =>
        ParseScope(scope) is (var otpType, var reference) ? new MemberScope(members.KeyFor(client.Program.Id, reference), otpType) : null;

    private static (string OtpType, string Reference)? ParseScope(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, AnswerJson.Default.StringArray) is [{ } otpType, { } member]
                && OtpTypes.Find(otpType) is not null
                && RelationReference.Parse(member) is { } reference
                    ? (otpType, reference)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
