using System.Globalization;
using System.Text;

namespace Otp.Fuzz.Inputs;

/// <summary>Spoils how a body's length is told, and the request as a whole.</summary>
internal static class FramingMutations
{
    private static readonly string[] Lengths = ["-1", "+1", "0x10", "1e3", "", " ", "a", "99999999999999999999", "16385", "1,1", "1 1", "2147483648"];

    private static readonly string[] Codings = ["chunked", "Chunked", "chunked, chunked", "gzip", "gzip, chunked", "chunked, gzip", "identity", "", "xchunked", "chunked;a=b", "\tchunked"];

    private static readonly string[] Chunks =
    [
        "", "0", "0\r\n", "0\r\n\r\n", "1\r\n", "1\r\na", "1\r\nab\r\n", "-1\r\na\r\n", "fffffffff\r\n", "80000000\r\n", "7fffffffffffffff\r\n", "0x1\r\na\r\n", " 1\r\na\r\n", "1 \r\na\r\n", "1;a=b\r\na\r\n0\r\n\r\n",
        "1;a\nb\r\na\r\n", "1\na\n0\n\n", "\r\n", "zz\r\n", "0\r\nX-Injected: 1\r\n\r\n", "0\r\n: a\r\n\r\n", "5\r\n{}   \r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "00000000000000000000001\r\na\r\n0\r\n\r\n",
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("sent in chunks", SendInChunks),
        new("broken chunks", static (request, random) => Break(request, "Transfer-Encoding", "chunked", Encoding.Latin1.GetBytes(Vocabulary.Pick(Chunks, random)))),
        new("transfer coding", static (request, random) => Break(request, "Transfer-Encoding", Vocabulary.Pick(Codings, random), request.Body)),
        new("length is none", static (request, random) => Break(request, "Content-Length", Vocabulary.Pick(Lengths, random), request.Body)),
        new("length is another", static (request, random) => Break(request, "Content-Length", Math.Max(0, request.Body.Length + random.Next(-3, 4)).ToString(CultureInfo.InvariantCulture), request.Body)),
        new("length twice", static (request, random) =>
        {
            Break(request, "Content-Length", request.Body.Length.ToString(CultureInfo.InvariantCulture), request.Body);
            request.Headers.Add(("Content-Length", Vocabulary.Pick(["0", "1", "5"], random)));
        }),
        new("length and chunks", static (request, random) =>
        {
            Break(request, "Transfer-Encoding", "chunked", Encoding.Latin1.GetBytes(Vocabulary.Pick(Chunks, random)));
            request.Headers.Add(("Content-Length", "4"));
        }),
        new("no length", static (request, _) =>
        {
            request.IsFramed = false;
            request.IsBroken = true;
        }),
        new("request cut off", static (request, random) => Replace(request, bytes => bytes[..random.Next(bytes.Length + 1)])),
        new("bytes in the request", static (request, random) => Replace(request, bytes =>
        {
            var at = random.Next(bytes.Length + 1);
            return [.. bytes[..at], .. EncodingMutations.Bytes(random, 8), .. bytes[at..]];
        })),
        new("random request", static (request, random) => Replace(request, _ => EncodingMutations.Bytes(random, 400))),
        new("another protocol", static (request, random) => Replace(request, _ => Encoding.Latin1.GetBytes(Vocabulary.Pick(
            ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", "EHLO localhost\r\n", "*1\r\n$4\r\nPING\r\n", "\r\n\r\n\r\n", "GET /\r\n", "HTTP/1.1 200 OK\r\n\r\n"], random)))),
    ];

    private static void SendInChunks(RawRequest request, Random random)
    {
        var chunks = new List<byte>();
        for (var sent = 0; sent < request.Body.Length;)
        {
            var length = Math.Min(request.Body.Length - sent, 1 + random.Next(64));
            chunks.AddRange(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length:x}\r\n")));
            chunks.AddRange(request.Body.AsSpan(sent, length));
            chunks.AddRange("\r\n"u8);
            sent += length;
        }

        Break(request, "Transfer-Encoding", "chunked", [.. chunks, .. "0\r\n\r\n"u8]);
    }

    private static void Break(RawRequest request, string header, string value, byte[] body)
    {
        request.Set(header, value);
        (request.Body, request.IsFramed, request.IsBroken) = (body, false, true);
    }

    // The token's mark stays: what is sent as a whole has no valid token.
    private static void Replace(RawRequest request, Func<byte[], byte[]> change)
    {
        request.Whole = change(request.ToBytes(RawRequest.TokenMark));
        request.IsBroken = true;
    }
}
