using Otp.Fraud;
using Otp.Gateway.Admin;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of the operators' calls on prefixes of phone numbers.</summary>
internal static class PrefixCalls
{
    private const string Prefix = "+155501";

    private static readonly DateTimeOffset BlockedAt = new(2026, 3, 16, 14, 45, 2, TimeSpan.Zero);

    private static readonly ApiAnswer Malformed = ApiAnswer.Error(422, PrefixEndpoints.Malformed, "The path holds no prefix.");

    public static readonly ApiCall List = new(
        "listBlockedPrefixes",
        ApiDocument.Prefixes,
        "List blocked prefixes",
        "The prefixes of phone numbers that the fraud guard blocks, the latest first, with what was counted when they were blocked: at most 1,000.")
    {
        Answers =
        [
            ApiAnswer.Of(
                200,
                "blocked",
                "The blocked prefixes.",
                new BlockedPrefixesAnswer([new BlockedPrefix(Prefix, BlockedAt, BlockedAt.AddHours(4), 104, 3)])),
        ],
    };

    public static readonly ApiCall Get = new("getPrefix", ApiDocument.Prefixes, "Show a prefix", "What the fraud guard counts of a prefix in the last hour.")
    {
        Parameters = [ApiParameters.Prefix],
        Answers =
        [
            ApiAnswer.Of(200, "prefix", "What is counted.", new PrefixAnswer(Prefix, 104, 3, BlockedAt.AddHours(4))),
            Malformed,
        ],
    };

    public static readonly ApiCall Unblock = new(
        "unblockPrefix", ApiDocument.Prefixes, "Lift a block", "Counting starts anew: the prefix has its whole budget again. It is no error if it is not blocked.")
    {
        Parameters = [ApiParameters.Prefix],
        Answers = [ApiAnswer.Empty(204, "Open."), Malformed],
    };
}
