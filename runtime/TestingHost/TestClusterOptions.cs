namespace Orleans.TestingHost;

/// <summary>What a <see cref="TestCluster"/> is made of.</summary>
public class TestClusterOptions
{
    public string ClusterId { get; set; } = "";

    public string ServiceId { get; set; } = "";

    /// <summary>How many silos <see cref="TestCluster.DeployAsync"/> starts.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Assembly-qualified names of the <see cref="ISiloConfigurator"/> and <see cref="IHostConfigurator"/> types, in order.</summary>
    public List<string> SiloBuilderConfiguratorTypes { get; } = [];
}
