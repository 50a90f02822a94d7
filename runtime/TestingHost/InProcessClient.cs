using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A client of a test cluster: hands each call to a silo that runs, which knows the way.</summary>
internal sealed class InProcessClient(TestSilos silos) : IGrainCalls, IGrainResolver
{
    private Catalog Entry => silos.Services(silo: null).GetRequiredService<Catalog>();

    public Task Call(GrainId target, GrainRequest request)
    {
        try
        {
            return Entry.Receive(target, request);
        }
        catch (InvalidOperationException exception)
        {
            return request.Fault(new SiloUnavailableException(exception.Message, exception));
        }
    }

    public GrainInterface Resolve(Type grainInterface, string? classNamePrefix)
    {
        var known = Entry.Resolve(grainInterface, classNamePrefix);
        return known with { Calls = this };
    }
}
