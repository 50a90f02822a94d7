using Otp.Customers;
using Otp.Gateway.Audit;
using Otp.Gateway.Auth;
using Otp.Gateway.Http;

namespace Otp.Gateway.LoyaltyDog;

/// <summary><c>POST /v2/giftcards/customers/session</c>: whose session a token opens.</summary>
internal sealed class SessionEndpoint(GrainCall grainCall)
{
    public static readonly TextField TokenField = new("sessionToken") { MinLength = 1, MaxLength = 128 };

    public async Task HandleAsync(HttpContext context)
    {
        var token = "";
        if (!await JsonBody.TryReadAsync(context, body => token = body.Required(TokenField)))
        {
            return;
        }

        var query = new SessionQuery(Caller.ProgramOf(context).Id, token);
        var identity = await grainCall.InvokeAsync<ISessionGrain, Identity?>(SessionToken.KeyOf(token), grain => grain.Read(query), hangUp: context.RequestAborted);
        AuditRecord.Ended(context, identity is null ? "invalid" : "valid");
        var answer = new SessionAnswer(identity is not null, identity);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer, LoyaltyDogJson.Answers.SessionAnswer);
    }
}
