namespace Otp.Gateway.Tests.Statistics;

/// <summary>Tests beside which no gateway runs but the shared one.</summary>
[CollectionDefinition(nameof(StatisticsAlone), DisableParallelization = true)]
public sealed class StatisticsAlone;
