using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A client of a test cluster: hands each call to a silo that runs, which knows the way.</summary>
internal sealed class InProcessClient(TestSilos silos) : IGrainCalls, IGrainResolver
{
    public Task Call(GrainId target, GrainRequest request)
    {
        if (silos.Handles is not [var silo, ..])
        {
            return request.Fault(new SiloUnavailableException("No silo of the test cluster is running."));
        }

        var catalog = silo.ServiceProvider.GetRequiredService<Catalog>();
        return catalog.WayTo(target.Type).Call(target, request);
    }

    public GrainInterface Resolve(Type grainInterface, string? classNamePrefix) =>
        silos.Services(silo: null).GetRequiredService<Catalog>().Resolve(grainInterface, classNamePrefix) with { Calls = this };
}
