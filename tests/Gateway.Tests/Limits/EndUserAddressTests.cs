using Otp.Gateway.Limits;

namespace Otp.Gateway.Tests.Limits;

public sealed class EndUserAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:51234", "203.0.113.7")]
    [InlineData(" 203.0.113.7\t", "203.0.113.7")]
    [InlineData("\u200B203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7, 10.0.0.1, 10.0.0.2", "203.0.113.7")]
    [InlineData("203.0.113.7;10.0.0.1", "203.0.113.7")]
    [InlineData("203.0.113.7:443,[2001:db8::1]:80", "203.0.113.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:51234", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("[fe80::1%25en0]:80", "fe80::1")]
    [InlineData("::ffff:203.0.113.7", "::ffff:203.0.113.7")]
    public void Address_is_read_however_it_is_written(string text, string address) => Assert.Equal(address, EndUserAddress.Read(text)?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("localhost")]
    [InlineData("unknown")]
    [InlineData("1")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("300.1.1.1")]
    [InlineData("203.0.113.7/24")]
    [InlineData(":80")]
    [InlineData("[]:80")]
    [InlineData(", 203.0.113.7")]
    [InlineData("2001:db8::g")]
    public void What_is_no_address_is_none(string? text) => Assert.Null(EndUserAddress.Read(text));
}
