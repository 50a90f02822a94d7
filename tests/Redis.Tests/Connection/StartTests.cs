using System.Diagnostics;
using System.Security.Cryptography;
using Otp.Hosting;
using Otp.Redis.Servers;
using Otp.Silo;

namespace Otp.Redis.Connection;

/// <summary>A silo's process that cannot start for Redis' sake: one message, soon, and an exit code.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_fault_in_the_connection_string_is_told_with_all_others()
    {
        var message = await FailAsync("127.0.0.1:1,password=abc,hush", "--Otp:Policy:Length=99", "--Otp:Delivery:Unknown=1");

        Assert.Contains("ConnectionStrings:redis: part 3", message, StringComparison.Ordinal);
        Assert.Contains("Otp:Policy:Length", message, StringComparison.Ordinal);
        Assert.Contains("Otp:Delivery:Unknown", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task A_silo_exposes_codes_nowhere_but_where_it_is_allowed(string environment)
    {
        var message = await FailAsync("127.0.0.1:1", $"--environment={environment}", "--Otp:ExposeCodes=true");

        Assert.Contains($"Otp:ExposeCodes: the environment is {environment}", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_line()
    {
        Assert.Equal(
            "It cannot start: ConnectionStrings:redis: Redis at 127.0.0.1:1 cannot be reached (UnableToConnect).",
            await FailAsync("127.0.0.1:1,password=hush"));
    }

    [Fact]
    public async Task A_server_that_refuses_the_password_is_one_line()
    {
        await using var server = await RedisServer.StartAsync(new() { Password = "right" });

        Assert.Equal(
            $"It cannot start: ConnectionStrings:redis: Redis at {server.ConnectionString} refuses the user, the password or the certificate.",
            await FailAsync($"{server.ConnectionString},password=hush"));
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_the_process_in_bounded_time()
    {
        await using var server = await RedisServer.StartAsync();
        await server.PauseAsync();
        var clock = Stopwatch.StartNew();

        var message = await FailAsync(server.ConnectionString).InTime();

        Assert.Contains($"Redis at {server.ConnectionString}", message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(12));
    }

    private static async Task<string> FailAsync(string connectionString, params string[] arguments)
    {
        var errors = new StringWriter();
        string[] settings =
        [
            $"--ConnectionStrings:redis={connectionString}", $"--Otp:Cluster:Secret={Key()}", $"--Otp:CodeKeys:0={Key()}", $"--Otp:IndexKey={Key()}", $"--Otp:Tokens:SigningKeys:0={Key()}",
            "--Urls=http://127.0.0.1:0", "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
        ];
        Assert.Equal(1, await ServiceProcess.RunAsync(() => SiloHost.Build([.. settings, .. arguments]), errors));
        return errors.ToString().Trim();
    }

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
