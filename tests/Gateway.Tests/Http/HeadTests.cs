using System.Net;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;
using Otp.Gateway.Tests.OpenApi;

namespace Otp.Gateway.Tests.Http;

/// <summary>HEAD is answered wherever GET is, alike but for the body.</summary>
public sealed class HeadTests(LoyalifeFixture fixture)
{
    // Of each answer its own.
    private static readonly string[] Varying = ["X-Request-Id", "Date", "Transfer-Encoding", "Content-Length"];

    private readonly LoyalifeService _service = fixture.Service;

    public static TheoryData<string> Paths =>
    [
        .. ApiDocument.Current.Operations.Where(operation => operation.Method == "GET").Select(operation => operation.Path),
        "/", "/docs/index.html", "/docs/swagger-ui.css", "/ops", "/assets/site.css", "/assets/none.js", "/no/such/path",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Head_is_get_without_the_body(string path)
    {
        var (reference, _) = await _service.NewMemberAsync();
        path = path.Replace("{relationReference}", reference, StringComparison.Ordinal);

        var get = await _service.AdminAsync(HttpMethod.Get, path);
        var head = await _service.AdminAsync(HttpMethod.Head, path);

        Assert.Equal(get.Status, head.Status);
        Assert.Equal(Headers(get), Headers(head));
        Assert.Empty(head.Body);
    }

    [Theory]
    [InlineData("/dev/inbox/stream")]
    [InlineData("/ops/stream")]
    public async Task Head_of_a_stream_ends(string path)
    {
        var head = await _service.AdminAsync(HttpMethod.Head, path);

        Assert.Equal((HttpStatusCode.OK, "text/event-stream", ""), (head.Status, head.Header("Content-Type"), head.Body));
    }

    [Fact]
    public async Task Head_of_what_has_no_get_is_not_allowed()
    {
        var head = await _service.AdminAsync(HttpMethod.Head, TestGateway.SendPath);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST", ""), (head.Status, head.Header("Allow"), head.Body));
    }

    private static IEnumerable<string> Headers(Answer answer) => answer.Headers
        .Where(header => !Varying.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .Select(header => $"{header.Key}: {header.Value}")
        .Order(StringComparer.Ordinal);
}
