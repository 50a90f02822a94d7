using System.Security.Cryptography;

namespace Orleans.Persistence;

/// <summary>Makes etags that no other writer makes: 64 random bits of this source, then a count, as 32 hex digits.</summary>
internal sealed class Etags
{
    private readonly string _source = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private ulong _count;

    public string Next() => string.Create(32, (_source, Count: Interlocked.Increment(ref _count)), static (digits, etag) =>
    {
        etag._source.CopyTo(digits);
        etag.Count.TryFormat(digits[16..], out _, "x16", provider: null);
    });
}
