using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>What a silo has given up: it serves no grain any more that a version of the view, or one before it, gives to another silo.</summary>
/// <param name="Version">The version.</param>
/// <param name="Except">The hashes of the few grains whose last turn still runs.</param>
internal readonly record struct HandedOver(long Version, ImmutableArray<uint> Except)
{
    /// <summary>Whether a grain's last turn may still run, though its version is reached.</summary>
    internal bool Excepts(GrainId grain) => Except.Contains(grain.GetUniformHashCode());
}
