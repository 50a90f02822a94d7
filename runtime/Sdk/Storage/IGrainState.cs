namespace Orleans;

/// <summary>One record of a grain, as storage sees it.</summary>
public interface IGrainState<T>
{
    T State { get; set; }

    /// <summary>The version last read or written; null if there is no record.</summary>
    string? ETag { get; set; }

    bool RecordExists { get; set; }
}
