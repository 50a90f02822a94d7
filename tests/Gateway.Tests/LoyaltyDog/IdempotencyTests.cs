using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

public sealed class IdempotencyTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Repeated_send_has_one_effect_and_one_answer()
    {
        var target = TestGateway.NewTarget();
        var first = await _gateway.SendAsync(target, idempotencyKey: "order-1");
        var repeat = await _gateway.SendAsync(target, idempotencyKey: "order-1");
        var other = await _gateway.SendAsync(target, idempotencyKey: "order-2");

        Assert.Equal(first.Body, repeat.Body);
        Assert.Equal("\"hour\";r=3;t=3600", other.Header("RateLimit"));
    }

    [Fact]
    public async Task Repeated_verify_gets_the_same_session()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);
        var first = await _gateway.VerifyAsync(target, code, idempotencyKey: "check-1");
        var repeat = await _gateway.VerifyAsync(target, code, idempotencyKey: "check-1");

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(first.Body, repeat.Body);
    }

    [Fact]
    public async Task Parallel_repeats_have_one_effect()
    {
        var target = TestGateway.NewTarget();
        await _gateway.TokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _gateway.SendAsync(target, idempotencyKey: "once")));

        Assert.Single(answers.Select(a => a.Body).Distinct(StringComparer.Ordinal));
        Assert.Equal("\"hour\";r=3;t=3600", (await _gateway.SendAsync(target)).Header("RateLimit"));
    }

    [Fact]
    public async Task Key_used_again_with_another_payload_is_refused()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);
        await _gateway.VerifyAsync(target, TestGateway.WrongFor(code), idempotencyKey: "check-2");
        var verify = await _gateway.VerifyAsync(target, code, idempotencyKey: "check-2");
        var send = await _gateway.SendAsync(target, idempotencyKey: "check-2");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, verify.Status);
        Assert.Equal("""{"detail":"Idempotency-Key was already used with another payload"}""", verify.Body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, send.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("schlüssel")]
    [InlineData("tab\tbed")]
    public async Task Malformed_key_is_refused(string key)
    {
        var answer = await _gateway.SendAsync(TestGateway.NewTarget(), idempotencyKey: key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("""{"detail":"Idempotency-Key must be 1 to 128 visible ASCII characters"}""", answer.Body);
    }

    [Fact]
    public async Task Key_of_bytes_that_are_no_text_is_refused()
    {
        const string Body = """{"target":"a@example.com"}""";
        var answer = await RawHttp.ExchangeAsync(_gateway.Port, $"""
            POST {TestGateway.SendPath} HTTP/1.1
            Host: localhost
            Authorization: Bearer {await _gateway.TokenAsync()}
            Content-Type: application/json
            Content-Length: {Body.Length}
            Idempotency-Key: a{'\u00C8'}b
            Connection: close

            {Body}
            """.ReplaceLineEndings("\r\n"));

        Assert.StartsWith("HTTP/1.1 422 ", answer, StringComparison.Ordinal);
        Assert.Contains("X-Request-Id: ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_keys_are_none()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, TestGateway.SendPath)
        {
            Content = new StringContent($$"""{"target":"{{TestGateway.NewTarget()}}"}""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await _gateway.TokenAsync()) },
        };
        request.Headers.Add("Idempotency-Key", ["one", "two"]);
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Theory]
    [InlineData(1, HttpStatusCode.OK)]
    [InlineData(128, HttpStatusCode.OK)]
    [InlineData(129, HttpStatusCode.UnprocessableEntity)]
    public async Task Key_has_1_to_128_characters(int length, HttpStatusCode status)
    {
        var answer = await _gateway.SendAsync(TestGateway.NewTarget(), idempotencyKey: new string('~', length));

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Without_a_key_every_send_is_its_own()
    {
        var target = TestGateway.NewTarget();
        await _gateway.SendAsync(target);

        Assert.Equal("\"hour\";r=3;t=3600", (await _gateway.SendAsync(target)).Header("RateLimit"));
    }
}
