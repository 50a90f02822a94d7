using Orleans.Concurrency;

namespace Otp.Fraud;

/// <summary>What is counted of a program's prefix of phone numbers in the last hour. <see cref="PrefixKey"/> makes the key; it knows no number.</summary>
[Alias("otp.IPrefixGrain")]
public interface IPrefixGrain : IGrainWithStringKey
{
    /// <summary>Counts a send before it is made, if the prefix is open.</summary>
    /// <param name="send">Names the send of one target: an attempt that is made again counts once.</param>
    /// <returns>The minute that the send is counted in, which <see cref="Convert"/> takes; null if the send is refused.</returns>
    [Alias("Reserve")]
    Task<int?> Reserve(Guid send);

    /// <summary>Counts a send no longer, because nothing left. If the call is lost, the send counts.</summary>
    [OneWay]
    [Alias("Release")]
    Task Release(Guid send);

    /// <summary>Counts a send as verified. If the call is lost, the send counts as not verified.</summary>
    /// <param name="minute">The minute that the send is counted in.</param>
    [OneWay]
    [Alias("Convert")]
    Task Convert(int minute);

    /// <summary>Tells an operator what is counted.</summary>
    [Alias("Inspect")]
    Task<PrefixReport> Inspect();

    /// <summary>Lifts the block, and counts from nothing on.</summary>
    [Alias("Unblock")]
    Task Unblock();
}

/// <summary>What is counted of a prefix.</summary>
/// <param name="Sends">Codes that were sent to it in the last hour.</param>
/// <param name="Conversions">How many of them were verified.</param>
/// <param name="BlockedUntil">When the block ends by itself; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("otp.PrefixReport")]
public sealed record PrefixReport(
    [property: Id(0)] int Sends,
    [property: Id(1)] int Conversions,
    [property: Id(2)] DateTimeOffset? BlockedUntil);

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
