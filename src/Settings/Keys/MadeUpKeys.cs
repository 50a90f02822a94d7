using System.Security.Cryptography;
using Otp.Programs;

namespace Otp.Keys;

/// <summary>Keys for a process whose state dies with it: made up once, so that reading the settings again gives the same.</summary>
internal sealed class MadeUpKeys(RandomNumberGenerator random)
{
    private readonly string _code = NewKey(random);
    private readonly string _index = NewKey(random);
    private readonly string _signing = NewKey(random);

    /// <summary>Puts them where none are configured.</summary>
    public void Complete(OtpOptions options)
    {
        if (options.CodeKeys.Count == 0)
        {
            options.CodeKeys.Add(_code);
        }

        options.IndexKey ??= _index;
        options.Tokens.SigningKey ??= _signing;
    }

    private static string NewKey(RandomNumberGenerator random)
    {
        var key = new byte[32];
        random.GetBytes(key);
        return Convert.ToBase64String(key);
    }
}
