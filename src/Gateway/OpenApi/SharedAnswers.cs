using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.WebUtilities;

namespace Otp.Gateway.OpenApi;

/// <summary>The answers that many calls have, by what a call is: each stands here once, and its surface words it.</summary>
internal static class SharedAnswers
{
    public static IEnumerable<ApiAnswer> Of(ApiCall call, bool needsToken)
    {
        IEnumerable<ApiAnswer> credentials = [ApiAnswer.Error(401, "Not authenticated", "No credentials, or wrong ones.")];
        IEnumerable<ApiAnswer> token =
        [
            ApiAnswer.Error(401, "Not authenticated", "No bearer token, or one that is malformed, forged, expired or no longer its client's."),
            ApiAnswer.Error(403, "Not enough permissions", "The client lacks the role, or its token is bound to one member and the call is not."),
        ];
        IEnumerable<ApiAnswer> cluster =
        [
            Status(503, "The cluster or its storage is unreachable, or the service has too much to do: nothing was sent, nothing verified. Repeat with the same `Idempotency-Key`."),
        ];
        return
        [
            .. call.IsBasic ? credentials : needsToken ? token : [],
            .. call.Body is { } body ? OfBody(body) : [],
            .. call.Refusals.Select(refusal => new ApiAnswer($"{refusal}", DescriptionOf(refusal), context => call.Refuse(context, refusal))),
            Status(500, "A fault of the service. Its log has the request's id."),
            .. call.CallsGrain ? cluster : [],
        ];
    }

    private static IEnumerable<ApiAnswer> OfBody(ApiBody body) =>
    [
        ApiAnswer.Error(400, "There was an error parsing the body", "The body is not UTF-8 or is cut off."),
        Status(408, "The body came too slowly."),
        Status(413, $"The body is over {JsonBody.MaxSize / 1024} KiB."),
        Status(415, "The body's media type is not the documented one, its charset is neither UTF-8 nor ASCII, or it is compressed."),
        new("missing", "The body breaks a rule of its schema; all faults are told at once.", context =>
        {
            var errors = new ValidationErrors();
            errors.Add(body.Fields[0].Name, FieldFault.Missing, "{}"u8);
            return errors.WriteAsync(context);
        }),
    ];

    private static ApiAnswer Status(int status, string description) => ApiAnswer.Error(status, ReasonPhrases.GetReasonPhrase(status), description);

    private static string DescriptionOf(Refusal refusal) =>
        typeof(Refusal).GetField($"{refusal}")!.GetCustomAttribute<DescriptionAttribute>()!.Description;
}
