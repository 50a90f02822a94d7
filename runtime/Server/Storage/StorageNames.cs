namespace Orleans.Storage;

/// <summary>Names with a meaning of their own.</summary>
internal static class StorageNames
{
    /// <summary>The provider of grains that name none.</summary>
    internal const string Default = "Default";
}
