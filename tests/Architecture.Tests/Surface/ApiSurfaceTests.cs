namespace Orleans.Otp.Architecture.Surface;

/// <summary>
/// The stand-in speaks a subset of Microsoft Orleans' public API, name for name and signature for signature.
/// That subset is committed as <c>runtime/orleans-api.txt</c>, so that any change to it shows in review and is checked against Orleans.
/// </summary>
public sealed class ApiSurfaceTests
{
    private static readonly string Committed = Path.Combine(Repository.Root.FullName, "runtime", "orleans-api.txt");

    [Fact]
    public void The_stand_in_offers_exactly_the_committed_surface()
    {
        var expected = Qualified(File.ReadAllLines(Committed));
        var actual = Qualified(ApiSurface.Render(StandIn.Assemblies));

        var differences = expected.Except(actual, StringComparer.Ordinal).Select(line => "- " + line)
            .Concat(actual.Except(expected, StringComparer.Ordinal).Select(line => "+ " + line))
            .ToList();
        if (differences.Count > 0)
        {
            var rendered = Path.Combine(AppContext.BaseDirectory, "orleans-api.txt");
            File.WriteAllLines(rendered, ApiSurface.Render(StandIn.Assemblies));
            Assert.Fail(
                $"The stand-in's public surface is not runtime/orleans-api.txt (- only there, + only in the assemblies). "
                + $"If every '+' stands in Microsoft Orleans' API, commit {rendered} in its place.{Environment.NewLine}"
                + string.Join(Environment.NewLine, differences));
        }
    }

    /// <summary>Each line with the type it stands under, so that a difference says where.</summary>
    private static List<string> Qualified(IEnumerable<string> lines)
    {
        var type = string.Empty;
        var qualified = new List<string>();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (line[0] != ' ')
                type = line.Split(" : ")[0];
            qualified.Add(line[0] == ' ' ? $"{type} ·{line}" : line);
        }

        return qualified;
    }
}
