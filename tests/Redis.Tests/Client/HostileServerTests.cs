using Orleans.Otp.Redis.Servers;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Client;

public sealed class HostileServerTests
{
    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("$2147483647\r\n")]
    [InlineData("*-9\r\n")]
    [InlineData("$3\r\nabcdef\r\n")]
    [InlineData("\0\0\0\0\r\n")]
    public async Task Bytes_that_are_no_reply_break_the_connection_and_only_that(string bytes)
    {
        var isHostile = true;
        await using var server = new ScriptedServer(_ => Volatile.Read(ref isHostile) ? bytes : "+fine\r\n");
        await using var redis = Clients.Connect(server.ConnectionString);
        await redis.ConnectAsync();

        var first = redis.ExecuteAsync("GET", "a").AsTask();
        var second = redis.ExecuteAsync("GET", "b").AsTask();
        var third = redis.ExecuteAsync("GET", "c").AsTask();
        var faults = await Task.WhenAll(new[] { first, second, third }.Select(task => Record.ExceptionAsync(() => task.WaitAsync(Clients.Patience, TestContext.Current.CancellationToken)).AsTask()));

        Assert.Contains(faults, fault => fault is RedisConnectionException { OutcomeUnknown: true } or null);
        Volatile.Write(ref isHostile, value: false);
        Assert.Equal("fine", (await Clients.RetryAsync(() => redis.ExecuteAsync("GET", "d"))).AsText());
    }

    [Fact]
    public async Task A_server_that_pushes_news_unasked_is_understood()
    {
        await using var server = new ScriptedServer(_ => ">2\r\n+news\r\n:1\r\n+reply\r\n>1\r\n+more\r\n");
        await using var redis = Clients.Connect(server.ConnectionString);

        Assert.Equal("reply", (await redis.ExecuteAsync("GET", "a")).AsText());
        Assert.Equal("reply", (await redis.ExecuteAsync("GET", "b")).AsText());
    }

    [Fact]
    public async Task A_reply_that_never_comes_times_out()
    {
        await using var server = new ScriptedServer(_ => null);
        await using var redis = Clients.Connect(RedisOptions.Parse(server.ConnectionString) with { CommandTimeout = TimeSpan.FromMilliseconds(100) });

        await Assert.ThrowsAsync<RedisTimeoutException>(async () => await redis.ExecuteAsync("GET", "a"));
    }

    [Fact]
    public async Task A_late_reply_goes_to_nobody_and_the_next_one_to_its_own_caller()
    {
        await using var server = new ScriptedServer(words => words[1] == "late" ? ">1\r\n+alive\r\n" : "+late\r\n+next\r\n");
        await using var redis = Clients.Connect(RedisOptions.Parse(server.ConnectionString) with { CommandTimeout = TimeSpan.FromMilliseconds(200) });
        await Assert.ThrowsAsync<RedisTimeoutException>(async () => await redis.ExecuteAsync("ECHO", "late"));

        Assert.Equal("next", (await redis.ExecuteAsync("ECHO", "next")).AsText());
    }

    [Fact]
    public async Task A_greeting_that_never_comes_fails_the_attempt_in_time()
    {
        await using var server = new ScriptedServer(_ => null);
        await using var redis = Clients.Connect(
            RedisOptions.Parse(server.ConnectionString + ",password=any") with { ConnectTimeout = TimeSpan.FromMilliseconds(100) });

        var fault = await Assert.ThrowsAsync<RedisConnectionException>(redis.ConnectAsync);

        Assert.Contains("no answer within", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_as_many_wait_as_may_the_next_is_refused_at_once()
    {
        await using var server = new ScriptedServer(_ => null);
        await using var redis = Clients.Connect(RedisOptions.Parse(server.ConnectionString) with { MaxInFlight = 10 });
        await redis.ConnectAsync();
        var waiting = Enumerable.Range(0, 10).Select(_ => redis.ExecuteAsync("GET", "key").AsTask()).ToList();

        var fault = await Assert.ThrowsAsync<RedisBusyException>(async () => await redis.ExecuteAsync("GET", "key"));

        Assert.False(fault.OutcomeUnknown);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
    }
}
