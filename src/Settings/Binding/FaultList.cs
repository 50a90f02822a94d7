using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Otp.Settings;

/// <summary>The faults found in the settings. Each begins with the name of its setting, and none shows a secret.</summary>
public sealed partial class FaultList
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly List<string> _faults = [];

    public int Count => _faults.Count;

    /// <summary>Whether a text is 1–32 ASCII letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Whether a text is one of Twilio's SIDs: two letters and 32 hexadecimal digits.</summary>
    public static bool IsSid([NotNullWhen(true)] string? text, string letters) =>
        text?.Length == letters.Length + 32 && text.StartsWith(letters, StringComparison.Ordinal) && text.AsSpan(letters.Length).IndexOfAnyExcept(HexDigits) < 0;

    /// <summary>Whether a text is base64 of at least so many bytes.</summary>
    public static bool IsBase64(string text, int atLeast)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= atLeast;
    }

    public void Add(string fault) => _faults.Add(fault);

    public void AddIf(bool isFault, string fault)
    {
        if (isFault)
        {
            Add(fault);
        }
    }

    /// <summary>Checks each item of a list.</summary>
    /// <param name="faultOf">Takes an item's setting and the item; returns its fault, or null.</param>
    public void CheckEach<T>(string setting, IReadOnlyList<T>? items, Func<string, T, string?> faultOf)
    {
        for (var i = 0; i < items?.Count; i++)
        {
            if (faultOf($"{setting}:{i}", items[i]) is { } fault)
            {
                Add(fault);
            }
        }
    }

    public ValidateOptionsResult ToResult() => _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);

    /// <summary>Checks that a number or a time span, if it is set, lies between two bounds.</summary>
    public void CheckRange<T>(string setting, T? value, T least, T most)
        where T : struct, IComparable<T> =>
        AddIf(value is { } set && (set.CompareTo(least) < 0 || set.CompareTo(most) > 0), $"{setting}: {value} is outside {least}–{most}.");

    public void CheckSecretKey(string setting, string? value)
    {
        if (FaultOfSecretKey(setting, value) is { } fault)
        {
            Add(fault);
        }
    }

    public void CheckSecretKeys(string setting, IReadOnlyList<string> values) => CheckEach(setting, values, FaultOfSecretKey);

    /// <summary>Checks that there is a first secret key.</summary>
    public void RequireSecretKeys(string setting, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            CheckSecretKey($"{setting}:0", null);
        }
    }

    private static string? FaultOfSecretKey(string setting, string? value) =>
        string.IsNullOrEmpty(value) ? $"{setting} is missing: base64 of at least 32 random bytes."
        : IsBase64(value, atLeast: 32) ? null
        : $"{setting} is not base64 of at least 32 bytes.";

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
