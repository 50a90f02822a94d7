using System.Globalization;
using System.Text;

namespace Otp.Bench.Comparison.Load;

/// <summary>
/// A whole HTTP request, built once; each use overwrites a few digits in place. Placeholders: ten <c>#</c> for a number, wherever they stand,
/// and six <c>?</c> for a code, which within quotes has its leading zeros, and without is a JSON number.
/// </summary>
internal sealed class RequestTemplate
{
    private const string Number = "##########";
    private const string Code = "??????";

    private readonly byte[] _bytes;
    private readonly int[] _numbers;
    private readonly int _code;
    private readonly bool _codeIsNumber;

    public RequestTemplate(string token, string path, string body, string? idempotencyKey = null)
    {
        var key = idempotencyKey is null ? "" : $"Idempotency-Key: {idempotencyKey}\r\n";
        var request =
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n{key}"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        _bytes = Encoding.UTF8.GetBytes(request);
        _numbers = [.. Enumerable.Range(0, request.Length).Where(i => string.CompareOrdinal(request, i, Number, 0, Number.Length) == 0)];
        _code = request.IndexOf(Code, StringComparison.Ordinal);
        _codeIsNumber = _code > 0 && request[_code - 1] != '"';
    }

    /// <summary>The request as it was filled in last.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public void SetNumber(long number)
    {
        foreach (var offset in _numbers)
        {
            number.TryFormat(_bytes.AsSpan(offset, Number.Length), out _, "D10", CultureInfo.InvariantCulture);
        }
    }

    public void SetCode(int code)
    {
        var digits = _bytes.AsSpan(_code, Code.Length);
        code.TryFormat(digits, out _, "D6", CultureInfo.InvariantCulture);
        for (var i = 0; _codeIsNumber && i < Code.Length - 1 && digits[i] == (byte)'0'; i++)
        {
            digits[i] = (byte)' ';
        }
    }
}
