namespace Orleans;

/// <summary>Gives references to grains. A reference costs nothing but its name: the grain need not exist yet.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain of this name.</summary>
    /// <param name="primaryKey">The grain's key.</param>
    /// <param name="grainClassNamePrefix">Chooses among several classes that implement the interface by the start of the class's full name.</param>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);
}
