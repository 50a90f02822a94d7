namespace Otp.Fuzz.Inputs;

/// <summary>Spoils the request line.</summary>
internal static class LineMutations
{
    private static readonly string[] Methods =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "PRI", "get", "GeT", "", "G T", "G\u0000T", "\u00e4", "*", new string('M', 9_000)];

    private static readonly string[] Versions = ["HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3", "HTTP/1.", "http/1.1", "HTTP/1.1 ", "HTTP/11", "", "ICY", "HTTP/1.1\u0000"];

    private static readonly string[] Suffixes =
    [
        "/", "//", "/..", "/.", "/%2e%2e/", "/../../etc/passwd", "%00", "%2F", "%252F", "%ff", "%c0%af", "%u0041", "%", "%a", ";a=b", "?", "?a", "?a=b&a=c", "?%00=%ff", "?a=%", "#a", "\\", " ", "\u00e4", "\u0000",
        "?" + "a=b&a=b", ".json", "~", "*", "{relationReference}", "%0d%0aX-Injected:%201",
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("method", static (request, random) =>
        {
            request.Method = Vocabulary.Pick(Methods, random);
            request.IsBroken = true;
        }),
        new("version", static (request, random) =>
        {
            request.Version = Vocabulary.Pick(Versions, random);
            request.IsBroken = true;
        }),
        new("end of the path", static (request, random) => request.Target += Suffix(random)),
        new("within the path", static (request, random) => request.Target = request.Target.Insert(random.Next(request.Target.Length + 1), Suffix(random))),
        new("case of the path", static (request, _) => request.Target = request.Target.ToUpperInvariant()),
        new("doubled slash", static (request, _) => request.Target = "/" + request.Target),
        new("long path", static (request, random) => request.Target += "/" + new string('a', Vocabulary.Pick([1_000, 8_000, 9_000], random))),
        new("long query", static (request, random) => request.Target += "?" + new string('q', Vocabulary.Pick([1_000, 7_000, 9_000], random))),
        new("absolute address", static (request, random) => request.Target = Vocabulary.Pick(["http://localhost", "http://evil.example", "https://[::1]:1", "ftp://a", "http://", "//a"], random) + request.Target),
        new("no path", static (request, random) => request.Target = Vocabulary.Pick(["*", "", "a", "?", "localhost:80", "/ /"], random)),
        new("line feed alone", static (request, _) => request.LineEnd = "\n"),
    ];

    private static string Suffix(Random random) => Vocabulary.Pick(Suffixes, random);
}
