using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Hosting;
using Otp.Redis.Servers;
using Orleans.Persistence.Redis;
using Orleans.Redis;
using Orleans.Runtime;

namespace Otp.Redis.Storage;

public sealed class ProviderTests(SharedRedis shared)
{
    [Fact]
    public async Task A_grain_keeps_its_state_where_configuration_says()
    {
        var connectionString = await shared.GetConnectionStringAsync();
        var service = $"service-{RandomNumberGenerator.GetHexString(8)}";
        using var host = Host(service, ("ConnectionString", connectionString), ("EntryExpiry", "01:00:00"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var note = host.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>("key");

        await note.Write("kept");
        await note.Forget();

        Assert.Equal("kept", await note.Read());
        await using var redis = Clients.Connect(connectionString);
        Assert.InRange((await redis.ExecuteAsync("PTTL", $"{service}/state/note/key/state")).Integer, 3_500_000, 3_600_000);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_host_whose_Redis_is_absent_does_not_start_and_says_why()
    {
        using var host = Host("service", ("ConnectionString", "127.0.0.1:1,password=hush"));

        var fault = await Assert.ThrowsAsync<RedisStorageException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'notes'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionString", "")]
    [InlineData("ConnectionString", "host,pasword=hush")]
    [InlineData("EntryExpiry", "00:00:00")]
    public async Task A_setting_that_makes_no_sense_is_named(string setting, string value)
    {
        using var host = Host("service", ("ConnectionString", "127.0.0.1:1"), (setting, value));

        var fault = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("Orleans:GrainStorage:notes: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_of_one_connection_string_share_a_client_until_the_last_lets_go()
    {
        var connectionString = await shared.GetConnectionStringAsync() + ",name=shared-client";
        var one = RedisClients.Take(connectionString, NullLoggerFactory.Instance);
        var two = RedisClients.Take(connectionString, NullLoggerFactory.Instance);
        Assert.Same(one, two);

        await RedisClients.ReleaseAsync(connectionString);
        await two.ConnectAsync();
        await RedisClients.ReleaseAsync(connectionString);

        await Assert.ThrowsAsync<RedisConnectionException>(two.ConnectAsync);
    }

    private static IHost Host(string service, params (string Key, string Value)[] storage)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Orleans:ServiceId"] = service,
            ["Orleans:ClusterId"] = service,
            ["Orleans:GrainStorage:notes:ProviderType"] = "Redis",
        };
        foreach (var (key, value) in storage)
            settings[$"Orleans:GrainStorage:notes:{key}"] = value;
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(serviceId: service, clusterId: service));
        return builder.Build();
    }
}
