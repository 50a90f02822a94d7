using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Http;

/// <summary>Bodies that come in chunks whose sizes are none.</summary>
public sealed class ChunkTests(GatewayFixture fixture)
{
    public static TheoryData<string, string, string> Calls =>
    [
        .. from call in new[] { (TestGateway.SessionPath, "application/json"), (TestGateway.TokenPath, "application/x-www-form-urlencoded") }
           from size in new[] { "80000000", "7fffffffffffffff", "fffffffff", "-1", "zz", "" }
           select (call.Item1, call.Item2, size),
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Size_that_is_no_number_or_beyond_all_numbers_is_a_bad_request(string path, string mediaType, string size)
    {
        var answer = await RawHttp.ExchangeAsync(
            fixture.Gateway.Port,
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {await fixture.Gateway.TokenAsync()}\r\nContent-Type: {mediaType}\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("X-Request-Id: ", answer, StringComparison.Ordinal);
    }
}
