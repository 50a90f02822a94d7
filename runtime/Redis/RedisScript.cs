using System.Security.Cryptography;
using System.Text;

namespace Orleans.Redis;

/// <summary>A Lua script with one key, called by its hash.</summary>
internal sealed class RedisScript(string text)
{
    public byte[] Text { get; } = Encoding.UTF8.GetBytes(text);

    /// <summary>SHA-1 of the text in lower-case hex, which is how Redis names scripts.</summary>
#pragma warning disable CA5350 // The name Redis gives it, not a safeguard.
    public byte[] Hash { get; } = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text))));
#pragma warning restore CA5350
}
