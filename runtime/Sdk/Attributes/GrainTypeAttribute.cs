using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the grain type of a class; without it the name is the class name, less its ending "Grain", in lower case.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    private readonly GrainType _grainType = GrainType.Create(grainType);

    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
