using Otp.Hosting.Redis;
using StackExchange.Redis;

namespace Otp.Redis.Connection;

/// <summary>What <c>ConnectionStrings:redis</c> may say, what it means, and what is said of any other.</summary>
public sealed class ConnectionStringTests
{
    private const string Secret = "hush";

    [Fact]
    public void What_the_string_does_not_set_is_as_the_service_wants_it()
    {
        var options = Parse("redis.example.com:6380");

        Assert.Equal((2000, 2000, 2000), (options.ConnectTimeout, options.SyncTimeout, options.AsyncTimeout));
        Assert.Same(BacklogPolicy.FailFast, options.BacklogPolicy);
        Assert.Same(SocketManager.ThreadPool, options.SocketManager);
        Assert.True(options.AbortOnConnectFail);
        Assert.Null(options.Password);
    }

    [Theory]
    [InlineData("redis.example.com,asyncTimeout=7000,connectTimeout=6000,syncTimeout=5000")]
    [InlineData("redis://redis.example.com?asyncTimeout=7000&connectTimeout=6000&syncTimeout=5000")]
    public void Time_outs_in_the_string_win(string text)
    {
        var options = Parse(text);

        Assert.Equal((6000, 5000, 7000), (options.ConnectTimeout, options.SyncTimeout, options.AsyncTimeout));
    }

    [Theory]
    [InlineData("one", "Unspecified/one:0")]
    [InlineData("one:7001", "Unspecified/one:7001")]
    [InlineData("one_two.example.com:7001 , 10.0.0.2:7002,[::1]:7003", "Unspecified/one_two.example.com:7001 10.0.0.2:7002 [::1]:7003")]
    public void Endpoints_are_a_list(string text, string endpoints) => Assert.Equal(endpoints, string.Join(' ', Parse(text).EndPoints));

    [Fact]
    public void Options_are_those_of_the_client()
    {
        var options = Parse("one:7001,two:7001, user=otp ,password=p=ss w:rd/@,ssl=true,defaultDatabase=3,abortConnect=false,name=me");

        Assert.Equal(("otp", "p=ss w:rd/@", true, 3), (options.User, options.Password, options.Ssl, options.DefaultDatabase));
        Assert.Equal((false, "me", 2), (options.AbortOnConnectFail, options.ClientName, options.EndPoints.Count));
    }

    [Theory]
    [InlineData("redis://one", "Unspecified/one:6379", null, null, false, null)]
    [InlineData("redis://one/", "Unspecified/one:6379", null, null, false, null)]
    [InlineData("REDIS://one:7001/3", "Unspecified/one:7001", null, null, false, 3)]
    [InlineData("redis://:hush%2C%40%2F%25hush@one", "Unspecified/one:6379", null, "hush,@/%hush", false, null)]
    [InlineData("redis://otp:hush,hush@one", "Unspecified/one:6379", "otp", "hush,hush", false, null)]
    [InlineData("rediss://o%20tp:h%C3%BCsh@10.0.0.1:7001/0", "10.0.0.1:7001", "o tp", "hüsh", true, 0)]
    [InlineData(" rediss://[::1]:7001 ", "[::1]:7001", null, null, true, null)]
    public void A_URL_says_the_same(string text, string endpoint, string? user, string? password, bool ssl, int? database)
    {
        var options = Parse(text);

        Assert.Equal(endpoint, Assert.Single(options.EndPoints).ToString());
        Assert.Equal((user, password, ssl, database), (options.User, options.Password, options.Ssl, options.DefaultDatabase));
    }

    [Theory]
    [InlineData("one,password=abc,hush", "part 3 is no option")]
    [InlineData("one,password=abc,hush=x", "part 3 is an option that does not exist")]
    [InlineData("one,password=hush,", "part 3 is no option")]
    [InlineData("one,pasword=hush", "part 2 is an option that does not exist")]
    [InlineData("one,=hush", "part 2 is no option")]
    [InlineData("password=hush", "names no endpoint")]
    [InlineData("hush@one:6379", "part 1 is not host:port")]
    [InlineData("http://hush@one", "part 1 is not host:port")]
    [InlineData("one:hush", "part 1 is not host:port")]
    [InlineData("one:99999", "part 1 is not host:port")]
    [InlineData("one,,two", "part 2 is not host:port")]
    [InlineData("", "part 1 is not host:port")]
    [InlineData("one,password=hush,ssl=maybe", "the value of its option 'ssl'")]
    [InlineData("one,password=hush,asyncTimeout=soon", "the value of its option 'asyncTimeout'")]
    [InlineData("redis://hush@one", "not a URL")]
    [InlineData("redis://otp:hush:hush@one", "not a URL")]
    [InlineData("redis://otp:12#hush@one", "not a URL")]
    [InlineData("redis://otp:12/hush@one", "not a URL")]
    [InlineData("redis://otp:12?hush@one", "after '?', part 1 is no option")]
    [InlineData("redis://otp:12?hush=x@one", "after '?', part 1 is an option that does not exist")]
    [InlineData("redis://otp:hush@one?password=a%2Chush", "not a URL")]
    [InlineData("redis://otp:hush@one/two", "not a URL")]
    [InlineData("redis://otp:hush@", "not a URL")]
    [InlineData("redis://otp:hush@one:port", "not a URL")]
    public void Anything_else_is_told_without_quoting_what_may_be_secret(string text, string expected)
    {
        Assert.False(RedisConnectionString.TryParse(text, out _, out var fault));

        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("one,password=abc,hush")]
    [InlineData("one,password=abc,hush=x")]
    public void A_password_with_a_comma_is_told_how_to_write_it(string text)
    {
        Assert.False(RedisConnectionString.TryParse(text, out _, out var fault));

        Assert.Contains("redis://user:password@host:port", fault, StringComparison.Ordinal);
        Assert.Contains("%2C", fault, StringComparison.Ordinal);
    }

    private static ConfigurationOptions Parse(string text)
    {
        Assert.True(RedisConnectionString.TryParse(text, out var options, out var fault), fault);
        return options;
    }
}
