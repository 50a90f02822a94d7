namespace Otp.Fuzz.Inputs;

/// <summary>One way to spoil a request.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Apply">Does it. Random choices come from its argument alone.</param>
internal sealed record Mutation(string Name, Action<RawRequest, Random> Apply);

/// <summary>All the ways to spoil a request.</summary>
internal static class Mutations
{
    /// <summary>All of them; those that go deep into the service more than once.</summary>
    public static IReadOnlyList<Mutation> All { get; } =
    [
        .. BodyMutations.All, .. BodyMutations.All, .. BodyMutations.All, .. EncodingMutations.All, .. HeaderMutations.All, .. HeaderMutations.All, .. LineMutations.All, .. FramingMutations.All,
    ];
}
