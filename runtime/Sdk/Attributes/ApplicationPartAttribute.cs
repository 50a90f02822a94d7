namespace Orleans;

/// <summary>Names an assembly that the application is made of, so that its grains and providers are found though no code names them.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ApplicationPartAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
