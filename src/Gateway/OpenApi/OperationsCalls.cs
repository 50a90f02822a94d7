using Otp.Delivery;
using Otp.Hosting;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of health, of itself, and of the inbox.</summary>
internal static class OperationsCalls
{
    private static readonly ApiCall Live = Health(
        "live",
        "Does the process answer?",
        "Liveness: for what restarts a dead process.",
        Status(200, "Healthy", "It does."));

    private static readonly ApiCall Ready = Health(
        "ready",
        "Can the process serve?",
        "Readiness: started, not told to stop, a silo is reached and its storage answers. For load balancers; one answer serves all who ask within half a second.",
        Status(200, "Healthy", "It can."),
        Status(503, "Unhealthy", "It cannot: not started yet, about to stop, no silo, or no storage."));

    public static readonly ApiCall Document = new(
        "openApi",
        ApiDocument.Operations,
        "This document",
        "OpenAPI 3.1.",
        ApiAnswer.Of(200, "document", "The document.", JsonElement.Parse("""{"openapi":"3.1.0"}""")),
        ApiAnswer.Empty(304, "It is still the one that `If-None-Match` names."))
    {
        Parameters = [ApiParameters.IfNoneMatch],
        Headers = [ApiHeader.ETag, ApiHeader.Revalidate],
        CallsGrain = false,
    };

    public static readonly ApiCall Inbox = new(
        "devInbox",
        ApiDocument.Operations,
        "Read what was sent (Development only)",
        "What the provider `inbox` was given, newest first: a page for who accepts `text/html`, JSON for all others. Codes are in it: it is there in the environment `Development` alone, for callers on the same machine; for all others it is 404.",
        ApiAnswer.Of<ImmutableArray<InboxMessage>>(200, "empty", "The messages.", []),
        ApiAnswer.Empty(304, "The page is still the one that `If-None-Match` names."),
        ApiAnswer.Error(404, "Not Found", "The environment is not Development, or the caller is not on this machine."))
    {
        Parameters = [ApiParameters.IfNoneMatch],
        Headers = [ApiHeader.Vary, ApiHeader.ETag, ApiHeader.RevalidatePage, ApiHeader.PagePolicy, ApiHeader.ReferrerPolicy],
        IsPage = true,
    };

    /// <summary>Maps the health checks, which answer whatever the method, and documents them.</summary>
    public static void MapDocumentedHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("");
        health.MapHealth();
        ((IEndpointConventionBuilder)health).Add(static endpoint =>
            endpoint.Metadata.Add(((RouteEndpointBuilder)endpoint).RoutePattern.RawText!.EndsWith("live", StringComparison.Ordinal) ? Live : Ready));
    }

    private static ApiCall Health(string id, string summary, string description, params ApiAnswer[] answers) =>
        new(id, ApiDocument.Operations, summary, description, answers)
        {
            Headers = [ApiHeader.NeverStored, ApiHeader.Expires, ApiHeader.Pragma],
            CallsGrain = false,
        };

    private static ApiAnswer Status(int status, string text, string description) => ApiAnswer.Of(status, text, description, new HealthAnswer(text));
}
