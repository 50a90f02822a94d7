using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Otp.Programs;

/// <summary>The faults found in the settings, each beginning with its configuration key.</summary>
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

    public void CheckRange(string key, int? value, int least, int most)
    {
        if (value < least || value > most)
        {
            Add($"{key}: {value} is outside {least}–{most}.");
        }
    }

    public void CheckSpan(string key, TimeSpan? value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            Add($"{key}: {value} is outside {least}–{most}.");
        }
    }

    public void CheckRate(string key, RateOptions? rate)
    {
        CheckRange($"{key}:Limit", rate?.Limit, 0, 1_000_000);
        CheckSpan($"{key}:Period", rate?.Period, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }

    /// <summary>Checks a secret key, and never shows it.</summary>
    public void CheckKey(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add($"{key} is missing: base64 of at least 32 random bytes.");
        }
        else if (!IsBase64(value, atLeast: 32))
        {
            Add($"{key} is not base64 of at least 32 bytes.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
