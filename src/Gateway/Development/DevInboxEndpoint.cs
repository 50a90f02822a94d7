using Otp.Delivery;
using Otp.Gateway.OpenApi;
using Otp.Gateway.Pages;

namespace Otp.Gateway.Development;

/// <summary>
/// <c>GET /dev/inbox</c>: what the <c>inbox</c> provider was given, newest first; a page for browsers, JSON for everybody else.
/// Codes are in it: in Development only, and only for who is on this machine.
/// </summary>
internal static class DevInboxEndpoint
{
    public static IServiceCollection AddDevInbox(this IServiceCollection services) => services.AddSingleton<InboxFeed>();

    public static void MapDevInbox(this IEndpointRouteBuilder routes)
    {
        var grainCall = routes.ServiceProvider.GetRequiredService<GrainCall>();
        var feed = routes.ServiceProvider.GetRequiredService<InboxFeed>();
        routes.MapGet("/dev/inbox", ForDevelopers(context => WriteAsync(context, grainCall))).WithMetadata(OperationsCalls.Inbox);
        routes.MapGet("/dev/inbox/stream", ForDevelopers(feed.WatchAsync));
    }

    private static RequestDelegate ForDevelopers(RequestDelegate handle) => context =>
        DeveloperAccess.IsAllowed(context) ? handle(context) : JsonAnswer.WriteNothingAsync(context, StatusCodes.Status404NotFound);

    private static async Task WriteAsync(HttpContext context, GrainCall grainCall)
    {
        context.Response.Headers.Vary = "Accept";
        if (context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
        {
            await PageFiles.Get("inbox.html").WriteAsync(context);
            return;
        }

        var messages = await grainCall.InvokeAsync<IInboxGrain, ImmutableArray<InboxMessage>>(IInboxGrain.Key, inbox => inbox.List());
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, messages);
    }
}
