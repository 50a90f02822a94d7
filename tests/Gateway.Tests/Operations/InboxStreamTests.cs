using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Operations;

public sealed class InboxStreamTests
{
    private const string Stream = "/dev/inbox/stream";

    [Fact]
    public async Task Whoever_comes_gets_all_and_then_what_is_new()
    {
        await using var gateway = await StartAsync();
        await gateway.SendAsync("first@example.com");
        await using var reader = await EventReader.OpenAsync(gateway, Stream);

        var all = await reader.NextAsync();
        await gateway.SendAsync("second@example.com");
        var news = await reader.NextAsync();

        Assert.Equal("text/event-stream", reader.ContentType);
        Assert.Equal(("all", "first@example.com"), (all!.Value.EventType, Recipients(all.Value.Data)));
        Assert.Equal(("new", "second@example.com"), (news!.Value.EventType, Recipients(news.Value.Data)));
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_was_missed()
    {
        await using var gateway = await StartAsync();
        await gateway.SendAsync("first@example.com");
        await using var reader = await EventReader.OpenAsync(gateway, Stream);
        var had = (await reader.NextAsync())!.Value.EventId!;
        await gateway.SendAsync("second@example.com");

        await using var back = await EventReader.OpenAsync(gateway, Stream, token: null, ("Last-Event-ID", had));
        var missed = await back.NextAsync();

        Assert.Equal(("new", "second@example.com"), (missed!.Value.EventType, Recipients(missed.Value.Data)));
    }

    [Fact]
    public async Task Whoever_comes_back_with_an_unknown_event_gets_all()
    {
        await using var gateway = await StartAsync();
        await gateway.SendAsync("first@example.com");

        await using var back = await EventReader.OpenAsync(gateway, Stream, token: null, ("Last-Event-ID", "long-gone"));

        Assert.Equal("all", (await back.NextAsync())!.Value.EventType);
    }

    [Fact]
    public async Task Empty_inbox_says_that_it_is()
    {
        await using var gateway = await StartAsync();
        await using var reader = await EventReader.OpenAsync(gateway, Stream);

        Assert.Equal("[]", (await reader.NextAsync())!.Value.Data);
    }

    [Fact]
    public async Task Viewers_beyond_the_bound_are_told_to_come_later()
    {
        await using var gateway = await StartAsync();
        var readers = new List<EventReader>();
        for (var i = 0; i < 64; i++)
        {
            readers.Add(await EventReader.OpenAsync(gateway, Stream));
        }

        var refused = await gateway.GetAsync(Stream);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (refused.Status, refused.Header("Retry-After")));
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task Gateway_that_stops_ends_the_stream_at_once()
    {
        var gateway = await StartAsync();
        await using var reader = await EventReader.OpenAsync(gateway, Stream);
        await reader.NextAsync();
        var start = TimeProvider.System.GetTimestamp();

        var stop = gateway.StopAsync();
        var end = await reader.NextAsync();
        await stop;

        Assert.Null(end);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Outside_development_there_is_no_stream()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["environment"] = "Production" });

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync(Stream)).Status);
    }

    private static Task<TestGateway> StartAsync() =>
        TestGateway.StartAsync(configure: builder => builder.Services.AddSingleton(TimeProvider.System));

    private static string Recipients(string json) =>
        string.Join(' ', JsonDocument.Parse(json).RootElement.EnumerateArray().Select(message => message.GetProperty("to").GetString()));
}
