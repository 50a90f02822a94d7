namespace Orleans.Runtime;

/// <summary>Knows which grain type stands behind an interface, and the way to it.</summary>
internal interface IGrainResolver
{
    /// <summary>The grain type behind an interface.</summary>
    /// <param name="grainInterface">A grain interface.</param>
    /// <param name="classNamePrefix">The start of the class's full name, where several implement the interface.</param>
    /// <exception cref="ArgumentException">No class implements the interface, or several do.</exception>
    GrainInterface Resolve(Type grainInterface, string? classNamePrefix);
}
