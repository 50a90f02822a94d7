using System.Security.Cryptography;
using Otp.Programs;

namespace Otp.Keys;

/// <summary>Keys for a process whose state ends with it. They are generated once, so that a reload of the settings gives the same keys.</summary>
internal sealed class GeneratedKeys(RandomNumberGenerator random)
{
    private readonly string _code = NewKey(random);
    private readonly string _index = NewKey(random);
    private readonly string _signing = NewKey(random);

    /// <summary>Sets the keys that are not configured.</summary>
    public void Complete(OtpOptions options)
    {
        if (options.CodeKeys.Count == 0)
        {
            options.CodeKeys.Add(_code);
        }

        options.IndexKey ??= _index;
        if (options.Tokens.SigningKeys.Count == 0)
        {
            options.Tokens.SigningKeys.Add(_signing);
        }
    }

    private static string NewKey(RandomNumberGenerator random)
    {
        var key = new byte[32];
        random.GetBytes(key);
        return Convert.ToBase64String(key);
    }
}
