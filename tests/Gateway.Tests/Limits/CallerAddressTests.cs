using System.Net;
using Otp.Gateway.Limits;

namespace Otp.Gateway.Tests.Limits;

public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("0.0.0.1", "0:0:0:1::", false)]
    public void Callers_are_one_by_their_v4_address_or_v6_network(string first, string second, bool areOne) =>
        Assert.Equal(areOne, CallerAddress.Of(IPAddress.Parse(first)) == CallerAddress.Of(IPAddress.Parse(second)));

    [Fact]
    public void Callers_without_an_address_are_one() => Assert.Equal(CallerAddress.Of((IPAddress?)null), CallerAddress.Of((IPAddress?)null));
}
