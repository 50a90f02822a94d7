using Otp.Gateway.Audit;
using Otp.Gateway.Http;

namespace Otp.Gateway.Auth;

/// <summary><c>POST /v2/token</c>: OAuth2's password form, with a client's id and secret for an access token.</summary>
internal static class TokenEndpoint
{
    private const string UserName = "username";
    private const string Password = "password";
    private const string GrantType = "grant_type";

    public static async Task HandleAsync(HttpContext context)
    {
        var contentType = context.Request.ContentType;
        if (contentType is not null && !MediaTypes.Is(contentType, MediaTypes.Form))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (await ReadFormAsync(context) is not { } form)
        {
            await Detail.WriteAsync(context, StatusCodes.Status400BadRequest, "There was an error parsing the body");
            return;
        }

        string? grantType = form[GrantType];
        string? userName = form[UserName];
        string? password = form[Password];
        var errors = new ValidationErrors();
        if (!string.IsNullOrEmpty(grantType) && grantType != Password)
        {
            errors.Add(GrantType, FieldFault.PatternMismatch("^password$"), JsonAnswer.Text(grantType));
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

        await AnswerAsync(context, userName!, password!);
    }

    private static async Task AnswerAsync(HttpContext context, string userName, string password)
    {
        var services = context.RequestServices;
        var attempt = await services.GetRequiredService<ClientAuthentication>().TryAsync(context, userName, password);
        if (attempt.RetryAfter is { } wait)
        {
            RetryAfter.Set(context.Response, wait);
            await Detail.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests");
            return;
        }

        if (attempt.Client is not { } client)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Detail.WriteAsync(context, StatusCodes.Status401Unauthorized, "Incorrect username or password");
            return;
        }

        AuditRecord.By(context, client);
        context.Response.Headers.CacheControl = "no-store";
        var answer = new TokenAnswer(services.GetRequiredService<TokenIssuer>().Issue(client).Value);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer, AuthJson.Default.TokenAnswer);
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
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
