using Orleans.Otp.Redis.Servers;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Client;

public sealed class AuthenticationTests
{
    private const string Password = "correct-horse";

    [Fact]
    public async Task The_right_password_opens_the_server()
    {
        await using var server = await RedisServer.StartAsync(new() { Password = Password });
        await using var redis = Clients.Connect($"{server.ConnectionString},password={Password}");

        await redis.ConnectAsync();

        Assert.True(redis.IsConnected);
    }

    [Theory]
    [InlineData(",password=battery-staple")]
    [InlineData(",user=nobody,password=battery-staple")]
    [InlineData("")]
    public async Task Any_other_is_told_at_once_and_not_repeated(string credentials)
    {
        await using var server = await RedisServer.StartAsync(new() { Password = Password });
        await using var redis = Clients.Connect(server.ConnectionString + credentials);

        var fault = await Assert.ThrowsAsync<RedisConnectionException>(() => redis.ConnectAsync().WaitAsync(Clients.Patience, TestContext.Current.CancellationToken));

        Assert.Matches("WRONGPASS|NOAUTH", fault.Message);
        Assert.DoesNotContain("battery-staple", fault.ToString(), StringComparison.Ordinal);
        Assert.False(fault.OutcomeUnknown);
    }

    [Fact]
    public async Task A_user_may_do_what_the_access_list_allows_and_no_more()
    {
        await using var server = await RedisServer.StartAsync(new()
        {
            Users = ["user default on nopass +@all ~*", $"user otp on >{Password} +get +ping +client ~*"],
        });
        await using var redis = Clients.Connect($"{server.ConnectionString},user=otp,password={Password}");

        Assert.True((await redis.ExecuteAsync("GET", "absent")).IsNull);
        var fault = await Assert.ThrowsAsync<RedisServerException>(async () => await redis.ExecuteAsync("SET", "key", "value"));
        Assert.DoesNotContain("value", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_quotes_the_command_reveals_nothing()
    {
        await using var server = new ScriptedServer(words => $"-ERR unknown command '{words[0]}', with args beginning with: '{words[^1]}'\r\n");
        await using var redis = Clients.Connect($"{server.ConnectionString},password={Password}");
        await using var open = Clients.Connect(server.ConnectionString);

        var refused = await Assert.ThrowsAsync<RedisConnectionException>(redis.ConnectAsync);
        var unknown = await Assert.ThrowsAsync<RedisServerException>(async () => await open.ExecuteAsync("SECRETLY", Password));

        Assert.DoesNotContain(Password, refused.ToString() + unknown, StringComparison.Ordinal);
    }
}
