namespace Orleans.Runtime;

/// <summary>This silo's catalog, as calls from everywhere find it.</summary>
internal sealed class LocalGrains(Catalog catalog, ILocalSiloDetails details) : ILocalGrains
{
    public SiloAddress Address => details.SiloAddress;

    public bool AreEverywhere(GrainType type) => catalog.ClassOf(type).IsStatelessWorker;

    public Task Call(GrainId target, GrainRequest request)
    {
        try
        {
            return catalog.LocalCallsOf(target.Type).Call(target, request);
        }
        catch (Exception exception)
        {
            return request.Fault(exception);
        }
    }
}
