using Microsoft.AspNetCore.WebUtilities;

namespace Otp.Gateway.OpenApi;

/// <summary>The answers that many calls have, by what a call is: each stands here once, and its surface words it.</summary>
internal static class SharedAnswers
{
    public static IEnumerable<ApiAnswer> Of(ApiCall call, bool needsToken)
    {
        IEnumerable<ApiAnswer> credentials =
        [
            ApiAnswer.Error(401, "Not authenticated", "No credentials, or wrong ones."),
        ];
        IEnumerable<ApiAnswer> token =
        [
            ApiAnswer.Error(401, "Not authenticated", "No bearer token, or one that is malformed, forged, expired or no longer its client's."),
            ApiAnswer.Error(403, "Not enough permissions", "The client lacks the role, or its token is bound to one member and the call is not."),
        ];
        var refusals = call.Refusals.Select(refusal => new ApiAnswer($"{refusal}", DescriptionOf(refusal), context => call.Refuse(context, refusal)));
        IEnumerable<ApiAnswer> cluster =
        [
            Status(503, "The cluster or its storage is unreachable, or the service has too much to do: nothing was sent, nothing verified. Repeat with the same `Idempotency-Key`."),
        ];
        return
        [
            .. call.IsBasic ? credentials : needsToken ? token : [],
            .. call.Body is { } body ? OfBody(body) : [],
            .. refusals,
            Status(500, "A fault of the service. Its log has the request's id."),
            .. call.CallsGrain ? cluster : [],
        ];
    }

    private static IEnumerable<ApiAnswer> OfBody(ApiBody body)
    {
        const string Faults = "The body breaks a rule of its schema; all faults are told at once.";
        return
        [
            ApiAnswer.Error(400, "There was an error parsing the body", "The body is not UTF-8 or is cut off."),
            Status(408, "The body came too slowly."),
            Status(413, $"The body is over {JsonBody.MaxSize / 1024} KiB."),
            Status(415, "The body's media type is not the documented one, its charset is neither UTF-8 nor ASCII, or it is compressed."),
            new("missing", Faults, context =>
            {
                var errors = new ValidationErrors();
                errors.Add(body.Fields[0].Name, FieldFault.Missing, "{}"u8);
                return errors.WriteAsync(context);
            }),
        ];
    }

    private static ApiAnswer Status(int status, string description) => ApiAnswer.Error(status, ReasonPhrases.GetReasonPhrase(status), description);

    private static string DescriptionOf(Refusal refusal) => refusal switch
    {
        Refusal.InvalidTarget => "The target is neither an e-mail address nor a phone number.",
        Refusal.TargetNotAllowed => "The program sends no codes to this address. Nothing was counted.",
        Refusal.PrefixBlocked => "The fraud guard blocks the number's prefix: codes to it are not verified. Nothing was counted.",
        Refusal.Undeliverable => "Nobody reaches the target: there is no such mailbox or number, or it takes no messages. The send counts.",
        Refusal.RateLimited => "A window of the target is full, the target is locked, or the caller sends too fast. A refused send does not count.",
        Refusal.TooSoon => "The last send to the target is too recent. A refused send does not count.",
        Refusal.CallerLimited => "The caller sends too fast. A refused send does not count.",
        Refusal.Unsupported => "The fields ask for what the service does not do.",
        Refusal.TooManyTokenRequests => "Too many token requests, or too many that failed, from this address or for this client.",
        Refusal.DeliveryFailed => "Every provider refused the message. The code is withdrawn and the send not counted.",
        Refusal.InvalidCode => "The code is wrong, expired, used, for another purpose, or was guessed too often: nothing tells which.",
        Refusal.InvalidClient => "The client is unknown or the secret wrong: nothing tells which.",
        Refusal.ForeignProgram => "`ProgramId` is not the token's program.",
        Refusal.OutOfScope => "The token is bound to another member, or to another purpose.",
        Refusal.MalformedKey => "The `Idempotency-Key` is malformed.",
        Refusal.ReusedKey => "The `Idempotency-Key` was used with another payload.",
    };
}
