namespace Orleans.Runtime;

/// <summary>A timer of one activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets the time to the next tick and between ticks; <see cref="Timeout.InfiniteTimeSpan"/> means never. During a tick it takes effect at its end.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
