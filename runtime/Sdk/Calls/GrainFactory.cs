using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Makes references, by one emitted proxy class for each interface.</summary>
internal sealed class GrainFactory(IGrainResolver resolver, IServiceProvider services) : IClusterClient
{
    private readonly ConcurrentDictionary<Type, Func<IdSpan, GrainReference>> _proxies = new();

    public IServiceProvider ServiceProvider => services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(object)Get(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)(object)Get(grainInterfaceType, grainPrimaryKey, prefix: null);

    private GrainReference Get(Type type, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        var proxy = prefix is null ? _proxies.GetOrAdd(type, static (type, self) => self.Make(type, prefix: null), this) : Make(type, prefix);
        return proxy(IdSpan.Create(key));
    }

    private Func<IdSpan, GrainReference> Make(Type type, string? prefix)
    {
        var create = ProxyEmitter.ProxyOf(type).Create;
        var grainInterface = resolver.Resolve(type, prefix);
        return key => create(grainInterface, key);
    }
}
