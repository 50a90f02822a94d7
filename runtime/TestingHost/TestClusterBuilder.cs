namespace Orleans.TestingHost;

/// <summary>Builds test clusters whose silos are configured by types; see <see cref="InProcessTestClusterBuilder"/> for delegates.</summary>
public class TestClusterBuilder
{
    public TestClusterBuilder()
        : this(2)
    {
    }

    public TestClusterBuilder(short initialSilosCount) =>
        Options = new()
        {
            InitialSilosCount = initialSilosCount,
            ClusterId = TestSilos.NewId("testcluster"),
            ServiceId = TestSilos.NewId("testservice"),
        };

    public TestClusterOptions Options { get; }

    public TestCluster Build() => new(Options);

    /// <summary>Adds an <see cref="ISiloConfigurator"/> or <see cref="IHostConfigurator"/>.</summary>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(T).IsAssignableTo(typeof(ISiloConfigurator)) && !typeof(T).IsAssignableTo(typeof(IHostConfigurator)))
            throw new InvalidOperationException($"{typeof(T)} is neither an {nameof(ISiloConfigurator)} nor an {nameof(IHostConfigurator)}.");

        Options.SiloBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName!);
        return this;
    }
}
