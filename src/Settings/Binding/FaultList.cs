using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Otp.Settings;

/// <summary>The faults found in the settings. Each begins with the name of its setting, and none shows a secret.</summary>
public sealed partial class FaultList
{
    private readonly List<string> _faults = [];

    public int Count => _faults.Count;

    /// <summary>Whether a text is 1–32 ASCII letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Whether a text is base64 of at least so many bytes.</summary>
    public static bool IsBase64(string text, int atLeast)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= atLeast;
    }

    public void Add(string fault) => _faults.Add(fault);

    public ValidateOptionsResult ToResult() => _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);

    /// <summary>Checks that a number or a time span, if it is set, lies between two bounds.</summary>
    public void CheckRange<T>(string setting, T? value, T least, T most)
        where T : struct, IComparable<T>
    {
        if (value is { } set && (set.CompareTo(least) < 0 || set.CompareTo(most) > 0))
        {
            Add($"{setting}: {set} is outside {least}–{most}.");
        }
    }

    /// <summary>Checks a secret key.</summary>
    public void CheckSecretKey(string setting, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add($"{setting} is missing: base64 of at least 32 random bytes.");
        }
        else if (!IsBase64(value, atLeast: 32))
        {
            Add($"{setting} is not base64 of at least 32 bytes.");
        }
    }

    /// <summary>Checks each of several secret keys.</summary>
    public void CheckSecretKeys(string setting, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            CheckSecretKey($"{setting}:{i}", values[i]);
        }
    }

    /// <summary>Checks that there is a first secret key.</summary>
    public void RequireSecretKeys(string setting, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            CheckSecretKey($"{setting}:0", null);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
