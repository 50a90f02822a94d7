using System.Collections.Immutable;

namespace Otp.Fraud;

/// <summary>The blocked prefixes of one program, for operators: the key is the program's id. What it lists decides nothing.</summary>
[Alias("otp.IBlockedPrefixesGrain")]
public interface IBlockedPrefixesGrain : IGrainWithStringKey
{
    /// <summary>The most that are listed; further ones displace those that were blocked the longest ago.</summary>
    const int MaxListed = 1_000;

    /// <summary>Lists a prefix, durably before it returns.</summary>
    [Alias("Add")]
    Task Add(BlockedPrefix blocked);

    /// <summary>Lists a prefix no longer.</summary>
    [Alias("Remove")]
    Task Remove(string prefix);

    /// <summary>Those whose block has not ended by itself, the latest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<BlockedPrefix>> List();
}

/// <summary>A blocked prefix, with what was counted when it was blocked. It is stored too: the names of its members never change.</summary>
/// <param name="Prefix">The prefix, in E.164: a plus, the calling code, and further digits.</param>
/// <param name="BlockedAt">Since when.</param>
/// <param name="BlockedUntil">When the block ends by itself.</param>
/// <param name="Sends">Codes that were sent to it in the hour before.</param>
/// <param name="Conversions">How many of them were verified.</param>
[GenerateSerializer, Immutable, Alias("otp.BlockedPrefix")]
public sealed record BlockedPrefix(
    [property: Id(0)] string Prefix,
    [property: Id(1)] DateTimeOffset BlockedAt,
    [property: Id(2)] DateTimeOffset BlockedUntil,
    [property: Id(3)] int Sends,
    [property: Id(4)] int Conversions);
