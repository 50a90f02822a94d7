using System.Reflection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>What all activations of one grain class in one silo share.</summary>
internal sealed class GrainClass
{
    private readonly Lazy<GrainConstructor> _constructor;

    internal GrainClass(Type type, GrainType grainType, Catalog catalog, GrainCollectionOptions options)
    {
        Type = type;
        GrainType = grainType;
        Catalog = catalog;
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        _constructor = new(() => new(type, catalog.Services));
        IdleSweeps = SweepsOf(type, options);
    }

    internal Type Type { get; }

    internal GrainType GrainType { get; }

    internal Catalog Catalog { get; }

    internal bool IsStatelessWorker => MaxWorkers > 0;

    /// <summary>The most activations of one id of a stateless worker; 0 for any other grain, which has just one.</summary>
    internal int MaxWorkers { get; }

    /// <summary>How many whole collection periods an activation must have been idle to be collected.</summary>
    internal int IdleSweeps { get; }

    /// <summary>Creates the grain of an activation.</summary>
    /// <param name="activation">The activation; its context is the current one.</param>
    /// <param name="arguments">What the constructor was given.</param>
    internal object Create(Activation activation, out object?[] arguments) => _constructor.Value.Create(activation, out arguments);

    private static int SweepsOf(Type type, GrainCollectionOptions options)
    {
        var limit = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        if (limit is { AlwaysActive: true })
        {
            return int.MaxValue;
        }

        var age = options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var specific) ? specific : limit?.AgeLimit ?? options.CollectionAge;
        return age == Timeout.InfiniteTimeSpan ? int.MaxValue : (int)Math.Min(int.MaxValue, Math.Ceiling(age / options.CollectionQuantum));
    }
}
