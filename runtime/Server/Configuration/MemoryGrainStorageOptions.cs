using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>How a memory storage provider serializes.</summary>
public class MemoryGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>By default the one registered under the provider's name, or else the unnamed one.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
