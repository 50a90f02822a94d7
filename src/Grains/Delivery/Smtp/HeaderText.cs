namespace Otp.Delivery;

/// <summary>Text as it may stand in a header: as it is when it is short plain ASCII, else in encoded words (RFC 2047).</summary>
internal static class HeaderText
{
    private const int MaxPlain = 60;
    private const int MaxEncodedBytes = 39;

    /// <summary>Text of an unstructured header, such as a subject.</summary>
    public static string Unstructured(string text) => IsPlain(text) ? text : Encode(text);

    /// <summary>A display name before an address.</summary>
    public static string Phrase(string text) =>
        IsPlain(text) ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : Encode(text);

    private static bool IsPlain(string text) =>
        text.Length <= MaxPlain
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        && !text.Contains("=?", StringComparison.Ordinal);

    /// <summary>Whole characters in words, each on a line of its own that stays short behind any header name.</summary>
    private static string Encode(string text)
    {
        var words = new List<string>();
        var word = new List<byte>(MaxEncodedBytes);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if (word.Count + length > MaxEncodedBytes)
                Finish();
            word.AddRange(utf8[..length]);
        }

        Finish();
        return string.Join("\r\n ", words);

        void Finish()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(word.ToArray())}?=");
            word.Clear();
        }
    }
}
