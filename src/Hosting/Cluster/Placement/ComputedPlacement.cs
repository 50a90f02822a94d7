using System.Diagnostics.CodeAnalysis;
using Orleans.GrainDirectory;
using Orleans.Metadata;
using Orleans.Runtime.GrainDirectory;
using Orleans.Runtime.Placement;

namespace Otp.Hosting.Cluster.Placement;

/// <summary>
/// Places each grain on the silo that <see cref="ActiveSilos"/> computes. Every silo computes the same, so there is no directory to look up,
/// to register in, or to lose with a silo. Two silos with different views of the membership may both activate a grain; the etags of its
/// records keep that harmless.
/// </summary>
public static class ComputedPlacementExtensions
{
    /// <summary>Uses computed placement for the grains of these types.</summary>
    public static ISiloBuilder AddComputedPlacement(this ISiloBuilder silo, params string[] grainTypes)
    {
        silo.Services
            .AddSingleton<ActiveSilos>()
            .AddSingleton<IGrainDirectoryCache, ComputedDirectoryCache>()
            .AddSingleton<ComputedDirectory>()
            .AddSingleton(services => new Resolver(grainTypes, services.GetRequiredService<ComputedDirectory>()))
            .AddSingleton<IGrainDirectoryResolver>(static services => services.GetRequiredService<Resolver>())
            .AddSingleton<IPlacementStrategyResolver>(static services => services.GetRequiredService<Resolver>());
        silo.AddPlacementDirector<ComputedPlacement, ComputedPlacementDirector>();
        return silo;
    }

    private sealed class Resolver(string[] grainTypes, ComputedDirectory directory) : IPlacementStrategyResolver, IGrainDirectoryResolver
    {
        private readonly HashSet<GrainType> _types = [.. grainTypes.Select(GrainType.Create)];
        private readonly ComputedPlacement _strategy = new();

        public bool TryResolvePlacementStrategy(GrainType grainType, GrainProperties? properties, [NotNullWhen(true)] out PlacementStrategy? result) =>
            (result = _types.Contains(grainType) ? _strategy : null) is not null;

        public bool TryResolveGrainDirectory(GrainType grainType, GrainProperties? properties, [NotNullWhen(true)] out IGrainDirectory? grainDirectory) =>
            (grainDirectory = _types.Contains(grainType) ? directory : null) is not null;
    }
}

/// <summary>The placement of a grain is computed; nothing is registered.</summary>
[GenerateSerializer, Immutable, Alias("otp.ComputedPlacement")]
public sealed class ComputedPlacement : PlacementStrategy
{
    public override bool IsUsingGrainDirectory => false;
}

/// <summary>Answers the callers that ask the placement and not the directory.</summary>
internal sealed class ComputedPlacementDirector(ActiveSilos silos) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(silos.OwnerOf(target.GrainIdentity) ?? throw new SiloUnavailableException("The cluster has no active silo."));
}
