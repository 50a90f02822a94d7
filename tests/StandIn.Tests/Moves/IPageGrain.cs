namespace Orleans.StandIn.Moves;

/// <summary>A grain that knows its record by heart: it reads it once, and from then on trusts its memory.</summary>
public interface IPageGrain : IGrainWithStringKey
{
    /// <summary>Adds one line, after a moment.</summary>
    /// <returns>Where.</returns>
    Task<string> Add();

    /// <summary>Adds one line when the test says so.</summary>
    Task AddLater();
}
