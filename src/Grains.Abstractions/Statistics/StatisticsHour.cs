namespace Otp.Statistics;

/// <summary>How the last hour is divided: into buckets of ten seconds, numbered from the Unix epoch.</summary>
public static class StatisticsHour
{
    public const int Minutes = 60;

    public const int BucketsPerMinute = 6;

    public const int Buckets = Minutes * BucketsPerMinute;

    /// <summary>The number of the bucket that an instant is in.</summary>
    public static int BucketOf(DateTimeOffset instant) => (int)(instant.ToUnixTimeSeconds() * BucketsPerMinute / 60);

    /// <summary>The number of the minute that an instant is in.</summary>
    public static int MinuteOf(DateTimeOffset instant) => (int)(instant.ToUnixTimeSeconds() / 60);
}
