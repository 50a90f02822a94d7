using System.Collections.Immutable;
using Orleans.Otp.Delivery;
using Orleans.Otp.Gateway.Http;

namespace Orleans.Otp.Gateway.Operations;

/// <summary><c>GET /dev/inbox</c>: what the <c>inbox</c> provider was given, newest first. Codes are in it: Development only.</summary>
internal static class DevInboxEndpoint
{
    public static void MapDevInbox(this IEndpointRouteBuilder routes)
    {
        var grainCall = routes.ServiceProvider.GetRequiredService<GrainCall>();
        routes.MapGet("/dev/inbox", context => WriteAsync(context, grainCall));
    }

    private static async Task WriteAsync(HttpContext context, GrainCall grainCall)
    {
        var messages = await grainCall.InvokeAsync<IInboxGrain, ImmutableArray<InboxMessage>>(IInboxGrain.Key, inbox => inbox.List());
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, messages, OperationsJson.Inbox.ImmutableArrayInboxMessage);
    }
}
