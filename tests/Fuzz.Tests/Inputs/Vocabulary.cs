using System.Text;

namespace Otp.Fuzz.Inputs;

/// <summary>
/// Values that have broken services before. The addresses are few, because each that is valid is kept in memory by design: the memory of a
/// run tells of a leak only if they do not grow in number.
/// </summary>
internal static class Vocabulary
{
    /// <summary>An address whose code is always <see cref="KnownCode"/>, so that right codes are tried too.</summary>
    public const string KnownAddress = "known@example.com";

    public const string KnownCode = "424242";

    private const int Addresses = 200;

    /// <summary>Texts, as JSON writes them within its quotes.</summary>
    private static readonly string[] Texts =
    [
        "", " ", "\\u0000", "a\\u0000b", "\\ud800", "\\udc00", "\\ud800\\ud800", "\\udbff\\udfff", "\\ufeff", "\\ufffe", "\\uffff", "\\u200b", "\\u202e",
        "\\u00ad", "\\u2028", "\\r\\nX-Injected: 1", "\\n", "\\t", "\\b\\f", "\\\"", "\\\\", "\\/", "null", "true", "0", "-1", "NaN", "undefined", "[object Object]",
        "%00", "%0d%0aX-Injected:%201", "%s%n%x", "${jndi:ldap://localhost/a}", "{{7*7}}", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "$(id)", "`id`",
        "a@b", "@", "@@", "a@", "@b.c", "a@b.c", "a@b..c", "a@-b.c", "a@b.c.", "a b@c.d", "a@[127.0.0.1]", "\\\"a b\\\"@example.com", "a@xn--.com", "a@xn--a.com", "ä@ö.de",
        "a@\\u200b.com", "a@example.com\\r\\nBcc: b@example.com", "Jane <jane@example.com>", "a@b.c,d@e.f", "+", "++", "+1", "+999", "+442079460114;ext=5", "tel:+442079460114",
        "tel:", "tel:+1;phone-context=", "00442079460114", "+٤٤٢٠٧٩٤٦٠١١٥", "＋４４２０７９４６０１１５", "+44 20−7946−0116", "+1 (212) 555-0100 x5", "0", "112", "911", "+8001234567890",
        "123456", "000000", "999999", "12345", "1234567", "１２３４５６", "۱۲۳۴۵۶", "12 34 56", "-12345", "1e5", "0x1234", "424242",
        "en", "pt_BR", "de-CH-1996", "x-klingon", "i-default", "en-US;q=0.5,*", "zz-ZZZZZZZZZ", "..", "CID-1001", "19", "20", "LOGIN", "[\\\"LOGIN\\\",\\\"CID-1001\\\"]", "[[[[", "{}",
        "127.0.0.1", "::1", "fe80::1%eth0", "203.0.113.7:51234", "[::1]:80", "1.2.3.4, 5.6.7.8", "999.999.999.999", "😀", "👨‍👩‍👧‍👦", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "ﷺ", "ß", "İ", "ﬁ",
        "2026-13-45", "9999-12-31T23:59:59Z", "client_credentials", "password", "demo", "demo-secret", "Web", "Mobile",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "2", "4", "5", "19", "255", "256", "65536", "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740993", "9223372036854775807",
        "9223372036854775808", "-9223372036854775809", "18446744073709551616", "0.1", "1.0", "1e2", "1E400", "-1e-400", "1e99999999999", "123456", "012345", "1.", ".5", "+1", "0x10",
        "1_000", "NaN", "Infinity", "-Infinity",
    ];

    private static readonly string[] References = ["CID-1001", "CID-1002", "CID-%C3%A4", "CID%2F1", "CID%252F1", "%00", "%ff", "..", ".", "%2e%2e", "a%0d%0ab", "CID 1", "%", "%zz", "日本"];

    /// <summary>A valid address, one of a few.</summary>
    public static string Address(Random random) => random.Next(Addresses) switch
    {
        < 10 => KnownAddress,
        var number and < Addresses / 2 => $"fuzz-{number}@example.com",
        var number => $"+4477009{number:00000}",
    };

    /// <summary>Whether an example's value is an address.</summary>
    public static bool IsAddress(string value) => value.Contains('@') || (value.StartsWith('+') && value.Length > 7);

    /// <summary>A path whose parameters have values.</summary>
    public static string FillPath(string path, Random random)
    {
        var start = path.IndexOf('{');
        return start < 0 ? path : $"{path[..start]}{Latin(Pick(References, random))}{path[(path.IndexOf('}') + 1)..]}";
    }

    /// <summary>A text, as JSON writes it within its quotes; at times very long.</summary>
    public static string Text(Random random) => random.Next(12) switch
    {
        0 => new string(Pick(["a", "1", "é", " ", "@", "+", "{"], random)[0], Pick([64, 128, 129, 254, 255, 256, 320, 1_000, 16_000, 20_000], random)),
        1 => Address(random),
        _ => Pick(Texts, random),
    };

    /// <summary>Any JSON, valid or nearly so.</summary>
    public static string Json(Random random) => random.Next(8) switch
    {
        0 => Pick(["null", "true", "false", "nul", "True", "", "undefined", "\"", "'a'", "\"a", "\"\\x\"", "\"\\u12\"", "\"\t\"", "[]", "{}", "[1,]", "{\"a\":}", "/**/1", "{\"a\":1,}"], random),
        1 or 2 => Pick(Numbers, random),
        3 => Nested(Pick([1, 2, 63, 64, 65, 500, 7_000], random), random),
        4 => $"[{string.Join(',', Enumerable.Repeat("0", random.Next(600)))}]",
        _ => $"\"{Text(random)}\"",
    };

    /// <summary>Characters as the bytes of their UTF-8, one character a byte.</summary>
    public static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static T Pick<T>(IReadOnlyList<T> values, Random random) => values[random.Next(values.Count)];

    private static string Nested(int depth, Random random)
    {
        var (open, close) = Pick([("[", "]"), ("{\"a\":", "}")], random);
        var ends = random.Next(4) == 0 ? 0 : depth;
        return string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, ends));
    }
}
