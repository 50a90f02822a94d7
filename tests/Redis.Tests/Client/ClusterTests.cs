using System.Collections.Concurrent;
using Orleans.Otp.Redis.Servers;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Client;

public sealed class ClusterTests
{
    [Fact]
    public async Task A_slot_that_moved_is_asked_for_at_its_new_node_from_then_on()
    {
        var slot = HashSlot.Of("key"u8);
        await using var owner = new ScriptedServer(_ => "+owned\r\n");
        var asked = new ConcurrentQueue<string>();
        await using var seed = new ScriptedServer(words =>
        {
            asked.Enqueue(words[0]);
            return words[0] == "CLUSTER"
                ? $"*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:{owner.Port}\r\n"
                : $"-MOVED {slot} 127.0.0.1:{owner.Port}\r\n";
        });
        await using var redis = Clients.Connect(seed.ConnectionString);

        Assert.Equal("owned", (await redis.ExecuteAsync("GET", "key")).AsText());
        Assert.Equal("owned", (await redis.ExecuteAsync("GET", "key")).AsText());

        Assert.Single(asked, name => name == "GET");
    }

    [Fact]
    public async Task A_slot_that_is_moving_is_asked_for_at_its_next_node_this_once()
    {
        var got = new ConcurrentQueue<string>();
        await using var next = new ScriptedServer(words =>
        {
            got.Enqueue(words[0]);
            return words[0] == "ASKING" ? "+OK\r\n" : "+there\r\n";
        });
        await using var seed = new ScriptedServer(_ => $"-ASK {HashSlot.Of("key"u8)} :{next.Port}\r\n");
        await using var redis = Clients.Connect(seed.ConnectionString);

        Assert.Equal("there", (await redis.ExecuteAsync("GET", "key")).AsText());
        Assert.Equal("there", (await redis.ExecuteAsync("GET", "key")).AsText());

        Assert.Equal(["ASKING", "GET", "ASKING", "GET"], got);
    }

    [Fact]
    public async Task Nodes_that_send_a_command_round_in_circles_get_it_a_few_times_only()
    {
        var port = 0;
        var asked = 0;
        await using var seed = new ScriptedServer(words =>
        {
            if (words[0] == "GET")
                Interlocked.Increment(ref asked);
            return $"-MOVED 1 127.0.0.1:{Volatile.Read(ref port)}\r\n";
        });
        Volatile.Write(ref port, seed.Port);
        await using var redis = Clients.Connect(seed.ConnectionString);

        var fault = await Assert.ThrowsAsync<RedisServerException>(async () => await redis.ExecuteAsync("GET", "key"));

        Assert.Equal("MOVED", fault.Code);
        Assert.Equal(6, asked);
    }

    [Theory]
    [InlineData("-MOVED\r\n")]
    [InlineData("-MOVED x 127.0.0.1:1\r\n")]
    [InlineData("-MOVED 99999 127.0.0.1:1\r\n")]
    [InlineData("-ASK 1 nowhere:port\r\n")]
    public async Task A_redirection_that_makes_no_sense_is_a_refusal(string reply)
    {
        await using var seed = new ScriptedServer(_ => reply);
        await using var redis = Clients.Connect(seed.ConnectionString);

        await Assert.ThrowsAsync<RedisServerException>(async () => await redis.ExecuteAsync("GET", "key"));
    }

    [Fact]
    public async Task A_real_cluster_of_two_serves_every_key_from_either_seed()
    {
        Assert.SkipUnless(await RedisBinary.RequireAsync() == RedisKind.Redis, "Two nodes are joined on redis-server alone.");
        await using var one = await RedisServer.StartAsync(new() { Cluster = true });
        await using var two = await RedisServer.StartAsync(new() { Cluster = true });
        await using (var toOne = Clients.Connect(one.ConnectionString))
        await using (var toTwo = Clients.Connect(two.ConnectionString))
        {
            await toOne.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", 0, 8191);
            await toTwo.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", 8192, 16383);
            await toOne.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", two.Port);
            using var limit = new CancellationTokenSource(Clients.Patience);
            foreach (var node in new[] { toOne, toTwo })
            {
                while (!(await node.ExecuteAsync("CLUSTER", "INFO")).AsText()!.Contains("cluster_state:ok", StringComparison.Ordinal))
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }

        await using var redis = Clients.Connect(one.ConnectionString);
        await using var other = Clients.Connect(two.ConnectionString);
        var script = new RedisScript("return redis.call('SET', KEYS[1], ARGV[1])");
        var keys = Enumerable.Range(0, 500).Select(_ => Clients.UniqueKey()).ToList();

        await Task.WhenAll(keys.Select(key => redis.EvaluateAsync(script, key, key).AsTask()));
        var read = await Task.WhenAll(keys.Select(key => other.ExecuteAsync("GET", key).AsTask()));

        Assert.Equal(keys, read.Select(value => value.AsText()));
    }
}
