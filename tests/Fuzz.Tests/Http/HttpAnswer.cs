using System.Globalization;
using System.Text;

namespace Otp.Fuzz.Http;

/// <summary>As much of an answer as has come.</summary>
/// <param name="Status">Its status; null while there is none.</param>
/// <param name="IsWhole">Whether all of it has come.</param>
/// <param name="ClosesConnection">Whether it is the last of its connection.</param>
/// <param name="Fault">What is wrong with it as HTTP; null for nothing.</param>
internal sealed record HttpAnswer(int? Status, bool IsWhole, bool ClosesConnection, string? Fault = null)
{
    private const int Continue = 100;

    public static readonly HttpAnswer None = new(null, IsWhole: false, ClosesConnection: true);

    /// <summary>Reads what a server has sent so far; interim answers (1xx) are passed over.</summary>
    public static HttpAnswer Read(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return None;
        }

        var lines = Encoding.Latin1.GetString(received[..end]).Split("\r\n");
        var body = received[(end + 4)..];
        if (!TryReadStatus(lines[0], out var status))
        {
            return None with { IsWhole = true, Fault = "no status line" };
        }

        if (status == Continue)
        {
            return Read(body);
        }

        string? Header(string name) =>
            lines.Skip(1).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

        var isInjected = lines.Skip(1).Any(static line => line.StartsWith("X-Injected", StringComparison.OrdinalIgnoreCase));
        var closes = string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);
        var isStream = Header("Content-Type")?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;
        var isWhole = isStream
            || status is 204 or 304
            || (Header("Content-Length") is { } length ? body.Length >= int.Parse(length, CultureInfo.InvariantCulture) : body.EndsWith("0\r\n\r\n"u8));
        return new HttpAnswer(status, isWhole, closes || isStream, isInjected ? "a header that the request named" : null);
    }

    private static bool TryReadStatus(string line, out int status)
    {
        status = 0;
        return line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && line.Length >= 12
            && int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out status);
    }
}
