namespace Otp.Grains.Tests.Targets;

/// <summary>A source of repeatable choices for property tests (SplitMix64): the same seed, the same cases on every run.</summary>
internal sealed class Seeded(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
    }

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public string Text(string alphabet, int length) =>
        string.Create(length, (Source: this, alphabet), static (text, from) =>
        {
            foreach (ref var c in text)
            {
                c = from.alphabet[from.Source.Below(from.alphabet.Length)];
            }
        });
}
