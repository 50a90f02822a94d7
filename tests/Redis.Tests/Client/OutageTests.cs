using Orleans.Otp.Redis.Servers;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Client;

public sealed class OutageTests
{
    [Fact]
    public async Task What_is_in_flight_when_the_server_dies_fails_with_its_outcome_unknown()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Clients.Connect(server.ConnectionString);
        var key = Clients.UniqueKey();
        await redis.ConnectAsync();
        await server.PauseAsync();

        var inFlight = Enumerable.Range(0, 100).Select(_ => redis.ExecuteAsync("INCR", key).AsTask()).ToList();
        await server.KillAsync();

        foreach (var task in inFlight)
        {
            var fault = await Assert.ThrowsAsync<RedisConnectionException>(() => task.WaitAsync(Clients.Patience, TestContext.Current.CancellationToken));
            Assert.True(fault.OutcomeUnknown);
        }
    }

    [Fact]
    public async Task While_the_server_is_gone_commands_fail_at_once_as_not_sent()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Clients.Connect(server.ConnectionString);
        await redis.ConnectAsync();
        await server.KillAsync();
        await Assert.ThrowsAsync<RedisConnectionException>(async () =>
        {
            while (true)
                await redis.ExecuteAsync("PING");
        });

        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 100; i++)
        {
            var fault = await Assert.ThrowsAsync<RedisConnectionException>(async () => await redis.ExecuteAsync("GET", "key"));
            Assert.False(fault.OutcomeUnknown);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 1.5);
    }

    [Fact]
    public async Task A_server_that_returns_is_found_again_within_two_seconds()
    {
        await using var server = await RedisServer.StartAsync(new() { Durable = true });
        await using var redis = Clients.Connect(server.ConnectionString);
        await redis.ExecuteAsync("SET", "key", "kept");
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<RedisException>(async () =>
        {
            while (true)
                await redis.ExecuteAsync("PING");
        });
        await server.RunAsync();
        var back = TimeProvider.System.GetTimestamp();

        var value = await Clients.RetryAsync(() => redis.ExecuteAsync("GET", "key"));

        Assert.Equal("kept", value.AsText());
        Assert.InRange(TimeProvider.System.GetElapsedTime(back).TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task A_server_that_stands_still_times_commands_out_and_is_used_again_when_it_goes_on()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Clients.Connect(RedisOptions.Parse(server.ConnectionString) with { CommandTimeout = TimeSpan.FromMilliseconds(300) });
        await redis.ConnectAsync();
        await server.PauseAsync();
        var began = TimeProvider.System.GetTimestamp();

        var fault = await Assert.ThrowsAsync<RedisTimeoutException>(async () => await redis.ExecuteAsync("SET", "key", "value"));

        Assert.True(fault.OutcomeUnknown);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0.29, 2);
        await server.ResumeAsync();
        Assert.Equal("PONG", (await Clients.RetryAsync(() => redis.ExecuteAsync("PING"))).AsText());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_the_reason()
    {
        await using var redis = Clients.Connect("127.0.0.1:1,password=hush");

        var fault = await Assert.ThrowsAsync<RedisConnectionException>(redis.ConnectAsync);

        Assert.Contains("127.0.0.1:1", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault.ToString(), StringComparison.Ordinal);
        Assert.False(fault.OutcomeUnknown);
    }

    [Fact]
    public async Task The_second_address_serves_when_the_first_does_not()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Clients.Connect($"127.0.0.1:1,{server.ConnectionString}");

        await redis.ConnectAsync();

        Assert.True(redis.IsConnected);
    }

    [Fact]
    public async Task A_client_that_is_closed_fails_what_waits_and_all_that_follows()
    {
        await using var server = new ScriptedServer(_ => null);
        var redis = Clients.Connect(server.ConnectionString);
        await redis.ConnectAsync();
        var waiting = redis.ExecuteAsync("GET", "key").AsTask();

        await redis.DisposeAsync();

        await Assert.ThrowsAsync<RedisConnectionException>(() => waiting);
        await Assert.ThrowsAsync<RedisConnectionException>(async () => await redis.ExecuteAsync("GET", "key"));
    }
}
