using Orleans.Storage;

namespace Orleans.Persistence;

/// <summary>How a Redis storage provider stores.</summary>
public class RedisStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>Whether clearing deletes the record; otherwise an empty one stays, with an etag of its own.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>How long a record lives after its last write or clear; null: until it is deleted.</summary>
    public TimeSpan? EntryExpiry { get; set; }

    /// <summary>By default the one registered under the provider's name, or else the unnamed one.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

    /// <summary>Where Redis is, from <c>Orleans:GrainStorage:{name}:ConnectionString</c>.</summary>
    internal string? ConnectionString { get; set; }
}
