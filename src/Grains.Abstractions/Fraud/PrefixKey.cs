namespace Otp.Fraud;

/// <summary>The key of an <see cref="IPrefixGrain"/>: <c>{program}:{prefix}</c>. A prefix is shared by thousands of numbers, so it is not hidden.</summary>
public static class PrefixKey
{
    private const char Separator = ':';

    public static string Compose(string program, string prefix) => $"{program}{Separator}{prefix}";

    /// <summary>What a key was made of.</summary>
    public static (string Program, string Prefix) Read(string key)
    {
        var end = key.IndexOf(Separator, StringComparison.Ordinal);
        return (key[..end], key[(end + 1)..]);
    }
}
