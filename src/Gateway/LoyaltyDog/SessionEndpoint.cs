using System.Diagnostics.CodeAnalysis;
using Otp.Customers;

namespace Otp.Gateway.LoyaltyDog;

/// <summary><c>POST</c> and <c>DELETE /v2/giftcards/customers/session</c>: whose session a token opens, and its end.</summary>
internal sealed class SessionEndpoint(GrainCall grainCall)
{
    public static readonly TextField TokenField = new("sessionToken") { MinLength = 1, MaxLength = 128 };

    public async Task FindAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } token)
        {
            return;
        }

        var identity = TryRead(context, token, out var key, out var session)
            ? await grainCall.InvokeAsync<ITargetGrain, Identity?>(key, grain => grain.FindSession(session), hangUp: context.RequestAborted)
            : null;
        AuditRecord.Of(context)?.Outcome = identity is null ? "invalid" : "valid";
        var answer = new SessionAnswer(identity is not null, identity);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer);
    }

    /// <summary>Ends the session; succeeds also where there is none.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } token)
        {
            return;
        }

        if (TryRead(context, token, out var key, out var session))
        {
            await grainCall.InvokeAsync<ITargetGrain>(key, grain => grain.EndSession(session), hangUp: context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The token; null if the body is at fault, which has been answered.</summary>
    private static async ValueTask<string?> ReadAsync(HttpContext context)
    {
        var token = "";
        return await JsonBody.TryReadAsync(context, body => token = body.Required(TokenField)) ? token : null;
    }

    private static bool TryRead(
        HttpContext context, string token, [NotNullWhen(true)] out string? key, [NotNullWhen(true)] out SessionQuery? session)
    {
        var isToken = SessionToken.TryRead(token, Caller.ProgramOf(context).Id, out key, out session);
        if (isToken)
        {
            AuditRecord.Of(context)?.GrainKey = key;
        }

        return isToken;
    }
}
