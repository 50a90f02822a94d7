using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Otp.Hosting.Redis;
using Otp.Redis.Servers;
using Otp.Silo;
using Otp.Targets;
using StackExchange.Redis;

namespace Otp.Redis.Storage;

/// <summary>A silo on a real server, as a user who may do no more than the service needs.</summary>
public sealed class SiloTests
{
    private const string Rights = "~otp/* -@all +@connection +@hash +eval +evalsha +script|load +expire +del +info +cluster|nodes";

    [Fact]
    [Trait("Server", "redis")]
    public async Task A_target_that_was_sent_to_is_kept_for_a_day_and_an_hour_and_the_membership_alone_for_ever()
    {
        Assert.SkipUnless(await RedisBinary.RequireAsync() == RedisKind.Redis, "Garnet's users cannot be kept from keys.");
        await using var server = await RedisServer.StartAsync(new() { Users = ["user default on nopass ~* +@all", "user otp on >a,b " + Rights] });
        await using var silo = Build($"redis://otp:a%2Cb@{server.ConnectionString}");
        await silo.StartAsync(TestContext.Current.CancellationToken);
        var target = new Target(Channel.Email, "jane@example.com");
        var key = silo.Services.GetRequiredService<TargetIndex>().KeyFor("19", target);
        var operation = Operation.New();

        var sent = await silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ITargetGrain>(key).Send(new SendRequest(target, Purpose.None, operation));

        Assert.Equal(SendStatus.Sent, sent.Status);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var left = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);
        await foreach (var found in redis.GetServer(server.ConnectionString).KeysAsync())
        {
            left.Add($"{found}", await redis.GetDatabase().KeyTimeToLiveAsync(found));
        }

        Assert.Equal(["otp/members/otp", $"otp/state/target/{key}/state"], left.Keys.Order(StringComparer.Ordinal));
        Assert.Null(left["otp/members/otp"]);
        Assert.InRange(left[$"otp/state/target/{key}/state"]!.Value, TimeSpan.FromHours(24), TimeSpan.FromHours(25));
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    private static WebApplication Build(string redis) => SiloHost.Build(
    [
        "--environment=Development", $"--{RedisOptions.Key}={redis}", "--Urls=http://127.0.0.1:0",
        "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1", $"--Orleans:Endpoints:SiloPort={FreePort()}", $"--Orleans:Endpoints:GatewayPort={FreePort()}",
        $"--Otp:Cluster:Secret={NewKey()}", $"--Otp:CodeKeys:0={NewKey()}", $"--Otp:IndexKey={NewKey()}", $"--Otp:Tokens:SigningKeys:0={NewKey()}",
        "--Otp:Programs:19:Name=demo", "--Otp:Delivery:Email:0=inbox",
    ]);

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, port: 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
