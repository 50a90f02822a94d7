using System.Diagnostics;
using Microsoft.Extensions.Options;
using Otp.Delivery;
using Otp.Hosting.Redis;
using Otp.Redis.Servers;
using StackExchange.Redis;

namespace Otp.Redis.Connection;

/// <summary>The process' connection, on real servers.</summary>
public sealed class ConnectionTests(SharedRedis shared)
{
    // No other test here encrypts, so that none is touched by it.
    private const string TrustVariable = "SERedis_IssuerCertPath";

    [Fact]
    public async Task A_client_says_nothing_of_the_machine_that_it_is_on()
    {
        await using var redis = Connect(await shared.GetConnectionStringAsync());

        var name = await (await redis.ConnectAsync()).GetDatabase().ExecuteAsync("CLIENT", "GETNAME");

        Assert.Equal("orleans-otp", $"{name}");
    }

    [Fact]
    public async Task A_call_while_the_server_is_away_fails_at_once_and_one_after_its_return_is_served_soon()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Connect(server.ConnectionString);
        var database = (await redis.ConnectAsync()).GetDatabase();
        await database.PingAsync();
        await server.KillAsync();
        await SafetyTimeout.RetryAsync<bool, InvalidOperationException>(() => redis.IsConnected ? throw new InvalidOperationException() : Task.FromResult(true));

        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAsync<RedisConnectionException>(() => database.PingAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));

        await server.RunAsync();
        clock.Restart();
        await SafetyTimeout.RetryAsync<TimeSpan, RedisException>(() => database.PingAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("{0},password=right password")]
    [InlineData("redis://:right%20password@{0}")]
    public async Task A_right_password_is_accepted(string connectionString)
    {
        await using var server = await RedisServer.StartAsync(new() { Password = "right password" });
        await using var redis = Connect(Format(connectionString, server));

        await (await redis.ConnectAsync()).GetDatabase().PingAsync();
    }

    [Theory]
    [InlineData("{0},password=hush")]
    [InlineData("{0},user=hush,password=hush")]
    [InlineData("{0}")]
    [InlineData("redis://:hush@{0}")]
    public async Task A_wrong_password_is_told_and_not_shown(string connectionString)
    {
        await using var server = await RedisServer.StartAsync(new() { Password = "right password" });
        await using var redis = Connect(Format(connectionString, server));

        var fault = await Assert.ThrowsAsync<RedisUnavailableException>(redis.ConnectAsync).InTime();

        Assert.Equal($"Redis at {server.ConnectionString} refuses the user, the password or the certificate.", fault.Message);
        Assert.DoesNotContain("hush", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0},user=otp,password=a,b")]
    [InlineData("redis://otp:a%2Cb@{0}")]
    public async Task A_password_with_a_comma_works_in_a_URL_alone(string connectionString)
    {
        await using var server = await RedisServer.StartAsync(new() { Users = ["user default off", "user otp on >a,b ~* +@all"] });
        var text = Format(connectionString, server);
        if (!text.StartsWith("redis:", StringComparison.Ordinal))
        {
            Assert.False(RedisConnectionString.TryParse(text, out _, out _));
            return;
        }

        await using var redis = Connect(text);
        var database = (await redis.ConnectAsync()).GetDatabase();
        await database.HashSetAsync("otp/state/x", "etag", "1");
        Assert.Equal("1", await database.HashGetAsync("otp/state/x", "etag"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_by_its_address()
    {
        await using var redis = Connect("127.0.0.1:1,password=hush");

        var fault = await Assert.ThrowsAsync<RedisUnavailableException>(redis.ConnectAsync).InTime();

        Assert.Equal("Redis at 127.0.0.1:1 cannot be reached (UnableToConnect).", fault.Message);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_bounded_time()
    {
        await using var server = await RedisServer.StartAsync();
        await server.PauseAsync();
        await using var redis = Connect(server.ConnectionString);
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAsync<RedisUnavailableException>(redis.ConnectAsync).InTime();

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
    }

    [Fact]
    [Trait("Server", "redis")]
    public async Task A_connection_can_be_encrypted()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = await RedisServer.StartAsync(new() { Certificate = certificate });
        Assert.SkipUnless(server.Kind == RedisKind.Redis, "TLS is tried on redis-server alone.");
        await using var distrusting = Connect($"127.0.0.1:{server.TlsPort},ssl=true");
        await Assert.ThrowsAsync<RedisUnavailableException>(distrusting.ConnectAsync).InTime();

        Environment.SetEnvironmentVariable(TrustVariable, authority.CaFile);
        try
        {
            await using var trusting = Connect($"rediss://127.0.0.1:{server.TlsPort}");
            await (await trusting.ConnectAsync()).GetDatabase().PingAsync();
        }
        finally
        {
            Environment.SetEnvironmentVariable(TrustVariable, null);
        }
    }

    private static string Format(string connectionString, RedisServer server) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, connectionString, server.ConnectionString);

    private static RedisConnection Connect(string connectionString) => new(Options.Create(new RedisOptions { ConnectionString = connectionString }));
}
