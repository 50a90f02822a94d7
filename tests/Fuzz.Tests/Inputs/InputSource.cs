using Otp.Fuzz.Api;

namespace Otp.Fuzz.Inputs;

/// <summary>Makes inputs; each follows from the seed and its number alone, so that any one can be tried again.</summary>
internal sealed class InputSource(IReadOnlyList<ApiCall> calls, int seed)
{
    private const int MostSteps = 5;

    // 2^32 divided by the golden ratio: consecutive numbers land far apart.
    private const uint Spread = 0x9E37_79B9;

    /// <summary>The input of this number.</summary>
    public FuzzInput Create(int number)
    {
        var random = new Random(unchecked((int)(((uint)seed * Spread) + (uint)number)));
        var call = calls[random.Next(calls.Count)];
        var start = random.Next();

        // Most requests are spoiled once, so that the rest of them is understood.
        var steps = random.Next(100) switch
        {
            < 4 => 0,
            < 64 => 1,
            < 86 => 2,
            _ => 3 + random.Next(MostSteps - 2),
        };
        return new FuzzInput(call, start, [.. Enumerable.Range(0, steps).Select(_ => new FuzzStep(Vocabulary.Pick(Mutations.All, random), random.Next()))]);
    }
}
