using Otp.Fuzz.Api;

namespace Otp.Fuzz.Inputs;

/// <summary>One input: a call, and what was done to it. It can be made again, whole or with some of it left out.</summary>
/// <param name="Call">The call.</param>
/// <param name="Seed">What the well-formed request is made from.</param>
/// <param name="Steps">What is done to it, in order.</param>
internal sealed record FuzzInput(ApiCall Call, int Seed, IReadOnlyList<FuzzStep> Steps)
{
    /// <summary>The request.</summary>
    public RawRequest Build()
    {
        var request = Call.ToRequest(new Random(Seed));
        foreach (var step in Steps)
        {
            step.Mutation.Apply(request, new Random(step.Seed));
        }

        return request;
    }

    /// <summary>The same input without one of its steps, for each of them.</summary>
    public IEnumerable<FuzzInput> Shorter() =>
        Steps.Select((_, index) => this with { Steps = [.. Steps.Take(index), .. Steps.Skip(index + 1)] });

    public override string ToString() => $"{Call}: {string.Join(", ", Steps.Select(static step => step.Mutation.Name).DefaultIfEmpty("nothing spoiled"))}";
}

/// <summary>One thing that is done to a request.</summary>
/// <param name="Mutation">What.</param>
/// <param name="Seed">What its random choices are made from.</param>
internal sealed record FuzzStep(Mutation Mutation, int Seed);
