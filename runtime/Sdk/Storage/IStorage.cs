namespace Orleans.Core;

/// <summary>A record of the grain that holds it.</summary>
public interface IStorage
{
    /// <summary>The version last read or written; null if there is no record.</summary>
    string? Etag { get; }

    bool RecordExists { get; }

    /// <summary>Deletes the record and makes the state new.</summary>
    Task ClearStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    Task WriteStateAsync();

    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    Task ReadStateAsync();

    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
