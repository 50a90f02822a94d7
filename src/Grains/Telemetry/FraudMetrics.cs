using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Otp.Targets;

namespace Otp.Telemetry;

/// <summary>Counts what the fraud guard does.</summary>
internal static class FraudMetrics
{
    private static readonly Counter<long> Blocks =
        OtpTelemetry.Meter.CreateCounter<long>("otp.fraud.blocks", "{block}", "Prefixes of phone numbers that were blocked, because codes sent to them were not verified.");

    /// <summary>Counts a block. The prefix itself would be a tag of too many values.</summary>
    public static void CountBlock(string program, string prefix) => Blocks.Add(1, new TagList
    {
        { OtpTags.Program, program },
        { OtpTags.CallingCode, NumberingPlan.CallingCodeOf(prefix).ToString(CultureInfo.InvariantCulture) },
    });
}
