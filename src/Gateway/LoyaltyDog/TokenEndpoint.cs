using Otp.Text;

namespace Otp.Gateway.LoyaltyDog;

/// <summary><c>POST /v2/token</c>: OAuth2's password form, with a client's id and secret for an access token.</summary>
internal sealed class TokenEndpoint(TokenFlow tokens)
{
    public const string UserName = "username";
    public const string Password = "password";
    public const string GrantType = "grant_type";

    public async Task HandleAsync(HttpContext context)
    {
        if (!MediaTypes.IsForm(context.Request))
        {
            MediaTypes.Refuse(context.Response);
            return;
        }

        if (await ReadFormAsync(context) is not { } form)
        {
            await Detail.WriteAsync(context, StatusCodes.Status400BadRequest, "There was an error parsing the body");
            return;
        }

        string? grantType = form[GrantType];
        var userName = PastedText.Clean(form[UserName].ToString());
        string? password = form[Password];
        var errors = new ValidationErrors();
        if (!string.IsNullOrEmpty(grantType) && grantType != Password)
        {
            errors.Add(GrantType, FieldFault.PatternMismatch("^password$"), JsonSerializer.SerializeToUtf8Bytes(grantType, AnswerJson.Default.String));
        }

        if (string.IsNullOrEmpty(userName))
        {
            errors.Add(UserName, FieldFault.Missing);
        }

        if (string.IsNullOrEmpty(password))
        {
            errors.Add(Password, FieldFault.Missing);
        }

        if (errors.Any)
        {
            await errors.WriteAsync(context);
            return;
        }

        if (await tokens.IssueAsync(context, userName, password!, refusal => RefuseAsync(context, refusal)) is { } token)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new TokenAnswer(token.Value));
        }
    }

    public static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var (status, text, _) = LoyaltyDogRefusals.Of(refusal);
        return Detail.WriteAsync(context, status, text);
    }

    /// <summary>An empty form where there is no body; null where the body is no form.</summary>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (FormBody.IsMalformed(exception, context))
        {
            return null;
        }
    }
}
