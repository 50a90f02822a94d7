using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Http;

public sealed class BodyFormTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/jsonp")]
    public async Task Another_media_type_is_unsupported(string mediaType)
    {
        var answer = await PostAsync("""{"target":"a@example.com"}"""u8.ToArray(), mediaType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal("""{"detail":"Unsupported Media Type"}""", answer.Body);
    }

    [Fact]
    public async Task Body_without_a_media_type_is_unsupported()
    {
        var answer = await PostAsync("""{"target":"a@example.com"}"""u8.ToArray(), mediaType: null);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("application/json;charset=utf8")]
    [InlineData("application/json; charset=UTF_8")]
    [InlineData("application/json; charset=us-ascii")]
    [InlineData("application/json; charset=ANSI_X3.4-1968")]
    [InlineData("application/json; version=1; Charset=Utf8")]
    public async Task Json_in_utf8_is_accepted(string mediaType)
    {
        var answer = await PostAsync(Encoding.UTF8.GetBytes($$"""{"target":"{{TestGateway.NewTarget()}}"}"""), mediaType);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("application/json;", "200")]
    [InlineData("application/json; charset", "200")]
    [InlineData("application/json ; charset = utf-8", "200")]
    [InlineData("application/json; charset=", "200")]
    [InlineData("application/json; charset=utf-8; charset=utf-16", "415")]
    public async Task Media_type_that_is_badly_written_is_read_all_the_same(string mediaType, string status)
    {
        var body = $$"""{"target":"{{TestGateway.NewTarget()}}"}""";
        var answer = await RawHttp.ExchangeAsync(_gateway.Port, $"""
            POST {TestGateway.SendPath} HTTP/1.1
            Host: localhost
            Authorization: Bearer {await _gateway.TokenAsync()}
            Content-Type: {mediaType}
            Content-Length: {body.Length}
            Connection: close

            {body}
            """.ReplaceLineEndings("\r\n"));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Byte_order_mark_before_json_counts_for_nothing()
    {
        var sent = await PostAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($$"""{"target":"{{TestGateway.NewTarget()}}"}""")], "application/json");
        var mark = await PostAsync([0xEF, 0xBB, 0xBF], "application/json");
        var broken = await PostAsync([0xEF, 0xBB, 0xBF, .. "{"u8], "application/json");
        var utf16 = await PostAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")], "application/json");

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal("""{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}""", mark.Body);
        Assert.Equal(1, broken.Json.GetProperty("detail")[0].GetProperty("loc")[1].GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, utf16.Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task Compressed_body_is_unsupported(string coding)
    {
        using var json = Content("""{"target":"a@example.com"}"""u8.ToArray(), "application/json");
        json.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        using var form = new FormUrlEncodedContent([new("username", TestGateway.Acme), new("password", TestGateway.Secret)]);
        form.Headers.TryAddWithoutValidation("Content-Encoding", coding);

        Answer[] answers =
        [
            await _gateway.PostAsync(TestGateway.SendPath, json, await _gateway.TokenAsync()),
            await _gateway.PostAsync(TestGateway.TokenPath, form, token: null),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status));
        Assert.All(answers, answer => Assert.Equal("identity", answer.Header("Accept-Encoding")));
        Assert.All(answers, answer => Assert.Equal("""{"detail":"Unsupported Media Type"}""", answer.Body));
    }

    [Fact]
    public async Task Body_that_is_said_not_to_be_compressed_is_read()
    {
        using var content = Content(Encoding.UTF8.GetBytes($$"""{"target":"{{TestGateway.NewTarget()}}"}"""), "application/json");
        content.Headers.ContentEncoding.Add("identity");

        Assert.Equal(HttpStatusCode.OK, (await _gateway.PostAsync(TestGateway.SendPath, content, await _gateway.TokenAsync())).Status);
    }

    [Fact]
    public async Task Body_that_is_not_utf8_cannot_be_parsed()
    {
        var answer = await PostAsync([(byte)'"', 0xFF, 0xFE, (byte)'"'], "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"detail":"There was an error parsing the body"}""", answer.Body);
    }

    [Theory]
    [InlineData(TestGateway.SendPath)]
    [InlineData(TestGateway.VerifyPath)]
    [InlineData(TestGateway.SessionPath)]
    public async Task Body_over_16_KiB_is_too_large(string path)
    {
        var body = new byte[(16 * 1024) + 1];
        body.AsSpan().Fill((byte)' ');
        using var content = Content(body, "application/json");
        var answer = await _gateway.PostAsync(path, content, await _gateway.TokenAsync());

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Equal("""{"detail":"Payload Too Large"}""", answer.Body);
    }

    [Fact]
    public async Task Body_of_16_KiB_is_read()
    {
        var body = $$"""{"target":"{{TestGateway.NewTarget()}}"}""".PadRight(16 * 1024);
        var answer = await PostAsync(Encoding.UTF8.GetBytes(body), "application/json");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task Body_of_1_MiB_is_refused_before_it_is_sent()
    {
        var request = $"""
            POST {TestGateway.SendPath} HTTP/1.1
            Host: localhost
            Authorization: Bearer {await _gateway.TokenAsync()}
            Content-Type: application/json
            Content-Length: 1048576
            Connection: close


            """.ReplaceLineEndings("\r\n");
        var answer = await RawHttp.ExchangeAsync(_gateway.Port, request);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"detail":"Payload Too Large"}""", answer, StringComparison.Ordinal);
        Assert.Contains("X-Request-Id: ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunked_body_over_16_KiB_is_too_large()
    {
        var head = $"""
            POST {TestGateway.SendPath} HTTP/1.1
            Host: localhost
            Authorization: Bearer {await _gateway.TokenAsync()}
            Content-Type: application/json
            Transfer-Encoding: chunked
            Connection: close


            """.ReplaceLineEndings("\r\n");
        var body = "4001\r\n" + new string(' ', 0x4001) + "\r\n0\r\n\r\n";
        var answer = await RawHttp.ExchangeAsync(_gateway.Port, head + body);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_that_hangs_up_in_the_middle_of_a_body_is_no_fault_of_ours()
    {
        var gateway = await TestGateway.StartAsync();
        var request = $$"""
            POST {{TestGateway.SendPath}} HTTP/1.1
            Host: localhost
            Authorization: Bearer {{await gateway.TokenAsync()}}
            Content-Type: application/json
            Content-Length: 100

            {"target":
            """.ReplaceLineEndings("\r\n");
        await RawHttp.SendAndHangUpAsync(gateway.Port, request);
        await gateway.DisposeAsync();

        Assert.DoesNotContain(gateway.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static ByteArrayContent Content(byte[] body, string? mediaType) => new(body)
    {
        Headers = { ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType) },
    };

    private async Task<Answer> PostAsync(byte[] body, string? mediaType)
    {
        using var content = Content(body, mediaType);
        return await _gateway.PostAsync(TestGateway.SendPath, content, await _gateway.TokenAsync());
    }
}
