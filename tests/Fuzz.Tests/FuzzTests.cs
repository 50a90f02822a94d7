namespace Otp.Fuzz;

/// <summary>A short form of the run of a million inputs (<c>dotnet run -c Release --project tests/Fuzz.Tests -- --inputs 1000000 --seed 1</c>).</summary>
public sealed class FuzzTests
{
    private const int Inputs = 40_000;

    // The machine runs other tests meanwhile. Every other promise is held to the letter.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task No_malformed_input_is_answered_with_a_fault_or_late_or_makes_memory_grow()
    {
        var output = TestContext.Current.TestOutputHelper!;

        var report = await FuzzRun.RunAsync(new FuzzOptions { Inputs = Inputs, Seed = 7, LongestAnswer = LongestAnswer }, output.WriteLine, TestContext.Current.CancellationToken);

        output.WriteLine($"{report}");
        Assert.True(report.IsGood, $"{report}");
        Assert.Equal(Inputs, report.Inputs);

        // The inputs go deep enough only if some of them do what they ask for, and some are found out by each part of the service.
        Assert.Superset(new HashSet<string>(["200", "201", "204", "400", "401", "404", "405", "413", "415", "422", "429", "431"], StringComparer.Ordinal), report.Answers.Keys.ToHashSet(StringComparer.Ordinal));
    }
}
