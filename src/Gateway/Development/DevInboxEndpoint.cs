using System.Collections.Immutable;
using Otp.Delivery;
using Otp.Gateway.Http;
using Otp.Gateway.OpenApi;
using Otp.Gateway.Pages;

namespace Otp.Gateway.Development;

/// <summary>
/// <c>GET /dev/inbox</c>: what the <c>inbox</c> provider was given, newest first; a page for browsers, JSON for everybody else.
/// Codes are in it: Development only.
/// </summary>
internal static class DevInboxEndpoint
{
    public static IServiceCollection AddDevInbox(this IServiceCollection services) => services.AddSingleton<InboxFeed>();

    public static void MapDevInbox(this IEndpointRouteBuilder routes)
    {
        var grainCall = routes.ServiceProvider.GetRequiredService<GrainCall>();
        routes.MapGet("/dev/inbox", context => WriteAsync(context, grainCall)).WithMetadata(OperationsCalls.Inbox);
        routes.MapGet("/dev/inbox/stream", routes.ServiceProvider.GetRequiredService<InboxFeed>().WatchAsync);
    }

    private static async Task WriteAsync(HttpContext context, GrainCall grainCall)
    {
        context.Response.Headers.Vary = "Accept";
        if (context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
        {
            await PageFiles.Get("inbox.html").WriteAsync(context);
            return;
        }

        var messages = await grainCall.InvokeAsync<IInboxGrain, ImmutableArray<InboxMessage>>(IInboxGrain.Key, inbox => inbox.List());
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, messages, InboxJson.Messages.ImmutableArrayInboxMessage);
    }
}
