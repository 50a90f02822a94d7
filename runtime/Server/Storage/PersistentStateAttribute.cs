namespace Orleans.Runtime;

/// <summary>Asks for a record of the grain in one of its constructor's parameters.</summary>
/// <param name="stateName">Names the record within the grain.</param>
/// <param name="storageName">Names the storage provider; null for the default one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
#pragma warning disable MA0053 // Not sealed in Microsoft Orleans.
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
#pragma warning restore MA0053
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
