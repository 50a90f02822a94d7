namespace Orleans.Runtime;

/// <summary>The grains of the silo in this process.</summary>
internal interface ILocalGrains : IGrainCalls
{
    /// <summary>The silo's address: another one after it has lost its membership and joined anew.</summary>
    SiloAddress Address { get; }

    /// <summary>Whether grains of this type live wherever they are called.</summary>
    /// <exception cref="ArgumentException">No grain class has the type.</exception>
    bool AreEverywhere(GrainType type);
}
