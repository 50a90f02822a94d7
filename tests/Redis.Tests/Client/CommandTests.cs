using System.Text;
using Orleans.Otp.Redis.Servers;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Client;

public sealed class CommandTests(SharedRedis shared)
{
    [Fact]
    public async Task Bytes_come_back_as_they_went()
    {
        await using var redis = Clients.Connect(await shared.GetConnectionStringAsync());
        var key = Clients.UniqueKey();
        var value = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        await redis.ExecuteAsync("SET", key, value);

        Assert.Equal(value, (await redis.ExecuteAsync("GET", key)).Bytes);
    }

    [Fact]
    public async Task A_long_value_comes_back_whole()
    {
        await using var redis = Clients.Connect(await shared.GetConnectionStringAsync());
        var key = Clients.UniqueKey();
        var value = new byte[4 << 20];
        new Random(1).NextBytes(value);

        await redis.ExecuteAsync("SET", key, value);
        var read = await redis.ExecuteAsync("GET", key);
        await redis.ExecuteAsync("DEL", key);

        Assert.Equal(value, read.Bytes);
    }

    [Fact]
    public async Task Ten_thousand_commands_at_once_are_answered_in_order()
    {
        await using var redis = Clients.Connect(await shared.GetConnectionStringAsync());
        var key = Clients.UniqueKey();

        var replies = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => redis.ExecuteAsync("INCR", key).AsTask()));

        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => (long)i), replies.Select(r => r.Integer));
    }

    [Fact]
    public async Task Callers_on_many_threads_get_their_own_replies()
    {
        await using var redis = Clients.Connect(await shared.GetConnectionStringAsync());

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            Assert.Equal($"{i}", (await redis.ExecuteAsync("ECHO", $"{i}")).AsText()));
    }

    [Fact]
    public async Task A_refusal_is_typed_and_leaves_the_connection_in_order()
    {
        await using var redis = Clients.Connect(await shared.GetConnectionStringAsync());
        var key = Clients.UniqueKey();
        await redis.ExecuteAsync("SET", key, "text");

        var refused = redis.ExecuteAsync("INCR", key);
        var next = redis.ExecuteAsync("GET", key);

        var fault = await Assert.ThrowsAsync<RedisServerException>(async () => await refused);
        Assert.Equal("ERR", fault.Code);
        Assert.False(fault.OutcomeUnknown);
        Assert.Equal("text", (await next).AsText());
    }

    [Fact]
    public async Task A_script_the_server_forgot_is_sent_again()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Clients.Connect(server.ConnectionString);
        var script = new RedisScript("return {KEYS[1], ARGV[1]}");

        for (var i = 0; i < 2; i++)
        {
            await redis.ExecuteAsync("SCRIPT", "FLUSH");
            var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => redis.EvaluateAsync(script, "key", n).AsTask()));
            Assert.Equal(Enumerable.Range(0, 20).Select(n => $"key {n}"), replies.Select(r => string.Join(' ', r.Items.Select(item => item.AsText()))));
        }
    }

    [Fact]
    public async Task The_database_of_the_connection_string_is_used()
    {
        var connectionString = await shared.GetConnectionStringAsync();
        await using var redis = Clients.Connect(connectionString);
        await using var other = Clients.Connect(connectionString + ",defaultDatabase=3");
        var key = Clients.UniqueKey();

        await other.ExecuteAsync("SET", key, "3");

        Assert.True((await redis.ExecuteAsync("GET", key)).IsNull);
        Assert.Equal("3", (await other.ExecuteAsync("GET", key)).AsText());
    }

    [Fact]
    public async Task The_connection_carries_its_name()
    {
        await using var redis = Clients.Connect(await shared.GetConnectionStringAsync() + ",name=otp-test");

        var list = await redis.ExecuteAsync("CLIENT", "LIST");

        Assert.Contains("name=otp-test", Encoding.UTF8.GetString(list.Bytes!), StringComparison.Ordinal);
    }
}
