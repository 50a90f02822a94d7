namespace Orleans;

/// <summary>Names a provider that configuration may choose by <c>Orleans:{kind}[:{name}]:ProviderType</c>.</summary>
/// <param name="name">What <c>ProviderType</c> says.</param>
/// <param name="kind">The configuration section, e.g. <c>GrainStorage</c>.</param>
/// <param name="target"><c>Silo</c> or <c>Client</c>.</param>
/// <param name="type">A type with a public parameterless constructor that implements <see cref="Providers.IProviderBuilder{TBuilder}"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RegisterProviderAttribute(string name, string kind, string target, Type type) : Attribute
{
    public string Name { get; } = name;

    public string Kind { get; } = kind;

    public string Target { get; } = target;

    public Type Type { get; } = type;
}
