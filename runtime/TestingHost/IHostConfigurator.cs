using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>Configures the hosts of a <see cref="TestCluster"/>; made anew for each, by its constructor without parameters.</summary>
public interface IHostConfigurator
{
    void Configure(IHostBuilder hostBuilder);
}
