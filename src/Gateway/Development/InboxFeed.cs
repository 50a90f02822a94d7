using Otp.Delivery;
using Otp.Gateway.Pages;

namespace Otp.Gateway.Development;

/// <summary>The development inbox as a stream: <c>all</c> replaces what a page shows, <c>new</c> goes on top of it.</summary>
internal sealed class InboxFeed(GrainCall grainCall, EventStream stream, TimeProvider time)
{
    private const int Capacity = 200;

    private static readonly TimeSpan NewsInterval = TimeSpan.FromMilliseconds(150);

    private readonly Feed<InboxNews> _feed = new(latest => AskAsync(grainCall, latest), NewsInterval, time);

    /// <summary>Writes what the caller, by its <c>Last-Event-ID</c>, has not had.</summary>
    public Task WatchAsync(HttpContext context)
    {
        string? had = context.Request.Headers["Last-Event-ID"];
        return stream.RunAsync(context, _feed, inbox =>
        {
            var messages = inbox.Messages;
            var known = had is null ? -1 : messages.IndexOf(messages.FirstOrDefault(message => message.Id == had)!);
            had = messages.FirstOrDefault()?.Id;
            return known switch
            {
                < 0 => new ServerEvent("all", JsonAnswer.Serialize(messages), had ?? string.Empty),
                0 => null,
                _ => new ServerEvent("new", JsonAnswer.Serialize(messages[..known]), had),
            };
        });
    }

    private static async Task<InboxNews?> AskAsync(GrainCall grainCall, InboxNews? latest)
    {
        var last = latest?.Messages.FirstOrDefault()?.Id;
        var news = await grainCall.InvokeAsync<IInboxGrain, InboxNews>(IInboxGrain.Key, inbox => inbox.ListAfter(last));
        if (latest is null || (news.IsWhole && last is not null))
        {
            return news;
        }

        return news.Messages.IsEmpty ? null : new InboxNews(true, [.. news.Messages.Concat(latest.Messages).Take(Capacity)]);
    }
}
