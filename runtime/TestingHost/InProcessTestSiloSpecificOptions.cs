namespace Orleans.TestingHost;

/// <summary>What sets one silo of a test cluster apart from the others.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; set; } = "";
}
