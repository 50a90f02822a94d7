namespace Otp.Fuzz.Inputs;

/// <summary>Spoils the headers.</summary>
internal static class HeaderMutations
{
    private static readonly string[] Names =
    [
        "Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Connection", "Content-Encoding", "Content-Type", "Cookie", "Expect", "Forwarded", "Host", "Idempotency-Key",
        "If-None-Match", "If-Match", "If-Modified-Since", "Last-Event-ID", "Origin", "Range", "Referer", "Upgrade", "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix",
        "X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Original-URL", "X-Real-IP", "X-Request-Id", "traceparent", "tracestate", "baggage", "Sec-WebSocket-Key", "HTTP2-Settings", "Trailer", "TE",
    ];

    private static readonly string[] Values =
    [
        "", " ", "a", "*", "*/*", ",", ",,,", ";", "=", "\"", "\"\"", "\"a", "\\", "\t", "\u00ff", "\u0080", "\u00c3\u00a4", "a\u0000b", "a\rX-Injected: 1", "a\nX-Injected: 1", "\u007f", "-1", "0",
        "99999999999999999999", "NaN", "identity", "gzip", "br;q=0", "close", "keep-alive, Upgrade", "100-continue", "200-ok", "websocket", "h2c", "bytes=0-", "bytes=-1-", "W/\"a\"", "\"a\", \"b\"", "W/",
        "Thu, 01 Jan 1970 00:00:00 GMT", "pt-BR", "de;q=0.9, en;q=1.1", "de;q=", "en;q=NaN", "x-klingon, *;q=0", "text/html", "text/html;q=0.5, application/json", "text/event-stream",
        "application/json", "application/json;charset=utf8", "application/json; charset=\"utf-8\"", "application/json; charset=utf-16", "application/json;charset=", "application/json;;", "application/json; a",
        "application/problem+json", "APPLICATION/JSON", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=latin1", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a",
        "text/plain", "/", "a/b/c", "application/", "Bearer", "Bearer ", "Bearer a", "Bearer a.b.c", "Bearer ..", "bearer {token}", "Bearer {token} {token}", "Bearer {token}x", "Bearer\t{token}", "{token}", "Basic", "Basic !!!",
        "Basic ZGVtbzpkZW1vLXNlY3JldA==", "Digest username=a", "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0-0-01", "127.0.0.1", "::1",
        "[::1]:99999", "203.0.113.7, 198.51.100.1", "for=\"[2001:db8::1]\"", "localhost", "localhost:99999", "evil.example", "a b", "PUT", "/admin", "key-1", "key-2", "key-3",
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("value of a header", static (request, random) => request.Set(Vocabulary.Pick(Names, random), Value(random))),
        new("value of a header that is there", static (request, random) => Change(request, random, static (header, random) => [(header.Name, Value(random))])),
        new("header twice", static (request, random) => Change(request, random, static (header, random) => [header, (header.Name, random.Next(2) == 0 ? header.Value : Value(random))])),
        new("header left out", static (request, random) => Change(request, random, static (_, _) => [])),
        new("token cut off", static (request, random) => request.Set("Authorization", $"Bearer {Vocabulary.Pick(["e", "eyJ", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9."], random)}")),
        new("idempotency key", static (request, random) => request.Set("Idempotency-Key", Vocabulary.Pick(["key-1", "key-2", "", " ", "a b", "\u00e4", "\u007f", new string('k', 128), new string('k', 129)], random))),
        new("media type", static (request, random) => request.Set("Content-Type", Value(random))),
        new("language", static (request, random) => request.Set("Accept-Language", Value(random))),
        new("many headers", static (request, random) => request.Headers.AddRange(Enumerable.Range(0, Vocabulary.Pick([50, 90, 99, 100, 101, 300], random)).Select(static n => ($"X-{n}", "a")))),
        new("long header", static (request, random) => request.Headers.Add((Vocabulary.Pick(Names, random), new string('a', Vocabulary.Pick([1_000, 8_191, 16_000, 32_768, 40_000], random))))),
        new("name of a header", static (request, random) =>
        {
            request.Headers.Add((Vocabulary.Pick(["", " ", "a b", "a:", "\u00e4", "a\u0000", "(", "a\tb", "X-\r", new string('n', 9_000)], random), "a"));
            request.IsBroken = true;
        }),
    ];

    // A value may end the head, or be none that HTTP allows: then the connection may be closed.
    private static string Value(Random random) => random.Next(6) == 0 ? Vocabulary.Latin(Vocabulary.Text(random)) : Vocabulary.Pick(Values, random);

    private static void Change(RawRequest request, Random random, Func<(string Name, string Value), Random, (string Name, string Value)[]> change)
    {
        if (request.Headers.Count > 0)
        {
            var index = random.Next(request.Headers.Count);
            var changed = change(request.Headers[index], random);
            request.Headers.RemoveAt(index);
            request.Headers.InsertRange(index, changed);
        }
    }
}
