namespace Otp.Statistics;

/// <summary>Gathers what all processes count, in memory; when it is lost with its silo, they tell it their hour again.</summary>
[Alias("otp.IStatisticsGrain")]
public interface IStatisticsGrain : IGrainWithStringKey
{
    /// <summary>The key of the one gatherer that a cluster has.</summary>
    const string Key = "statistics";

    /// <summary>Takes a process' report; the same again changes nothing.</summary>
    /// <returns>False if the process is not known and the report does not begin its hour: the hour is to be sent again.</returns>
    [Alias("Report")]
    Task<bool> Report(ProcessReport report);

    /// <summary>The last hour; null if nothing has changed since the snapshot with this version.</summary>
    [Alias("Read")]
    Task<StatisticsSnapshot?> Read(long version);
}
