namespace Otp.Statistics;

/// <summary>How the last hour is divided: into buckets, numbered from the Unix epoch, so that all processes' buckets are the same.</summary>
public static class StatisticsHour
{
    /// <summary>How many buckets are kept.</summary>
    public const int Buckets = 360;

    /// <summary>How many minutes are shown.</summary>
    public const int Minutes = 60;

    /// <summary>How many buckets a minute has.</summary>
    public const int BucketsPerMinute = Buckets / Minutes;

    private const int BucketSeconds = 3600 / Buckets;

    private static readonly long UnixEpochBucket = DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerSecond / BucketSeconds;

    /// <summary>The number of the bucket that an instant is in.</summary>
    public static int BucketOf(DateTimeOffset instant) => (int)((instant.UtcTicks / TimeSpan.TicksPerSecond / BucketSeconds) - UnixEpochBucket);

    /// <summary>When a bucket begins.</summary>
    public static DateTimeOffset StartOf(int bucket) => DateTimeOffset.UnixEpoch.AddSeconds((long)bucket * BucketSeconds);
}
