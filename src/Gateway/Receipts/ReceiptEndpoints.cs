using Otp.Delivery;

namespace Otp.Gateway.Receipts;

/// <summary>
/// <c>POST /receipts/…</c>: what providers report of messages, at the address that each was given with a message. No part of the API: the
/// token in the path leads to the target, and a silo, which has the providers' secrets, checks the signature.
/// </summary>
internal static class ReceiptEndpoints
{
    private const string Provider = "provider";
    private const string Token = "token";

    public static void MapReceipts(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (tokens, grainCall, time) = (services.GetRequiredService<ReceiptTokens>(), services.GetRequiredService<GrainCall>(), services.GetRequiredService<TimeProvider>());
        Map(ReceiptTokens.Twilio, "X-Twilio-Signature");
        Map(ReceiptTokens.Webhook, "webhook-signature");

        void Map(string kind, string signature) => routes.MapPost(
            $"{ReceiptTokens.Root}/{kind}/{{{Provider}}}/{{{Token}}}", context => TakeAsync(context, kind, signature, tokens, grainCall, time));
    }

    private static async Task TakeAsync(HttpContext context, string kind, string signature, ReceiptTokens tokens, GrainCall grainCall, TimeProvider time)
    {
        var (provider, token) = ((string)context.GetRouteValue(Provider)!, (string)context.GetRouteValue(Token)!);
        var place = $"{kind}/{provider}";
        if (tokens.Open(place, token, time.GetUtcNow().UtcTicks) is not { } address)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        var request = new ReceiptRequest(
            address.Delivery, provider, $"{place}/{token}", [.. body.ToArray()], headers[signature], headers["webhook-id"], headers["webhook-timestamp"]);
        var status = await grainCall.InvokeAsync<ITargetGrain, ReceiptStatus>(
            address.GrainKey, grain => grain.TakeReceipt(request), hangUp: context.RequestAborted);
        context.Response.StatusCode = status switch
        {
            ReceiptStatus.Taken => StatusCodes.Status204NoContent,
            ReceiptStatus.Forged => StatusCodes.Status403Forbidden,
            ReceiptStatus.Malformed => StatusCodes.Status400BadRequest,
            ReceiptStatus.UnknownProvider => StatusCodes.Status404NotFound,
        };
    }
}
