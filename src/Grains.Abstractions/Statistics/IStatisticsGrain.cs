namespace Otp.Statistics;

/// <summary>Adds up what all processes count, in memory. A new activation knows everything again once each process has reported.</summary>
[Alias("otp.IStatisticsGrain")]
public interface IStatisticsGrain : IGrainWithStringKey
{
    /// <summary>The key of the cluster's only one.</summary>
    const string Key = "statistics";

    /// <summary>Takes a process's report, which replaces the one before.</summary>
    /// <returns>Whether somebody has read in the last seconds, so that reports are wanted more often.</returns>
    [Alias("ReportHour")]
    Task<bool> Report(ProcessReport report);

    /// <summary>The last hour.</summary>
    [Alias("ReadHour")]
    Task<StatisticsSnapshot> Read();
}
