namespace Orleans.Otp.Conformance.Persistence;

/// <summary>A grain with one persistent state.</summary>
[Alias("otp.conformance.counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>The value in memory.</summary>
    Task<int> Value();

    /// <summary>The value as it was in <c>OnActivateAsync</c>.</summary>
    Task<int> ValueAtActivation();

    Task<bool> RecordExists();

    Task<string?> Etag();

    /// <summary>Sets the value and writes it.</summary>
    Task Write(int value);

    /// <summary>Sets the value and writes it through another grain, which lets the outcome escape.</summary>
    Task WriteThrough(string other, int value);

    Task Read();

    Task Clear();

    Task Deactivate();
}
