using System.Text;

namespace Otp.Fuzz.Inputs;

/// <summary>Spoils the bytes of a body.</summary>
internal static class EncodingMutations
{
    private static readonly byte[][] Intruders =
    [
        [0x00], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80], [0xEF, 0xBB, 0xBF], [0x1F, 0x8B, 0x08], "\r\n"u8.ToArray(), "//"u8.ToArray(), "}"u8.ToArray(), "\""u8.ToArray(),
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("body cut off", static (request, random) => request.Body = request.Body[..random.Next(request.Body.Length + 1)]),
        new("bytes in between", static (request, random) => request.Body = Insert(request.Body, Vocabulary.Pick(Intruders, random), random)),
        new("one bit", Flip),
        new("byte order mark", static (request, _) => request.Body = [0xEF, 0xBB, 0xBF, .. request.Body]),
        new("another encoding", static (request, random) => request.Body = Encode(request.Body, random)),
        new("something after the body", static (request, random) => request.Body = [.. request.Body, .. Vocabulary.Pick(Intruders, random)]),
        new("large body", static (request, random) => request.Body = [.. request.Body, .. Enumerable.Repeat((byte)' ', Vocabulary.Pick([16_000, 16_383, 16_384, 16_385, 40_000, 100_000], random))]),
        new("random bytes", static (request, random) => request.Body = Bytes(random, 300)),
    ];

    public static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Insert(byte[] body, byte[] intruder, Random random)
    {
        var at = random.Next(body.Length + 1);
        return [.. body[..at], .. intruder, .. body[at..]];
    }

    private static void Flip(RawRequest request, Random random)
    {
        if (request.Body.Length > 0)
        {
            request.Body[random.Next(request.Body.Length)] ^= (byte)(1 << random.Next(8));
        }
    }

    private static byte[] Encode(byte[] body, Random random)
    {
        var text = Encoding.UTF8.GetString(body);
        return Vocabulary.Pick([Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1], random).GetBytes(text);
    }
}
