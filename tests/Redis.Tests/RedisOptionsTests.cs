using Orleans.Redis;

namespace Orleans.Otp.Redis;

public sealed class RedisOptionsTests
{
    [Fact]
    public void Every_setting_of_a_connection_string_is_read()
    {
        var options = RedisOptions.Parse(
            "one:7000, two ,[::1]:7002,password=a=b,user=otp,ssl=true,defaultDatabase=3,name=me,connectTimeout=100,asyncTimeout=200");

        Assert.Equal(["one:7000", "two:6379", "::1:7002"], options.Endpoints.Select(RedisOptions.Text));
        Assert.Equal(("a=b", "otp", true, 3, "me"), (options.Password, options.User, options.Ssl, options.Database, options.ClientName));
        Assert.Equal((100, 200), (options.ConnectTimeout.TotalMilliseconds, options.CommandTimeout.TotalMilliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password=hush")]
    [InlineData("host:port,password=hush")]
    [InlineData("host:70000,password=hush")]
    [InlineData("host,pasword=hush")]
    [InlineData("host,ssl=hush")]
    [InlineData("host,defaultDatabase=-1,password=hush")]
    public void A_fault_is_told_without_any_value(string connectionString)
    {
        var fault = Assert.Throws<FormatException>(() => RedisOptions.Parse(connectionString));

        Assert.DoesNotContain("hush", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_text_is_its_addresses_alone() => Assert.Equal("host:1", RedisOptions.Parse("host:1,user=otp,password=hush").ToString());
}
