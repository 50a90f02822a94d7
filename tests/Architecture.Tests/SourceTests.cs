using System.Text.RegularExpressions;
using Orleans.Otp.Architecture.Surface;

namespace Orleans.Otp.Architecture;

/// <summary>Rules that the source text itself keeps.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_source_file_is_over_400_lines()
    {
        var files = Repository.Files(".", "*.cs").ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files.Where(f => File.ReadLines(f.FullName).Count() > LongestFile).Select(Repository.Relative));
    }

    [Fact]
    public void Neither_the_product_nor_its_tests_compile_differently_for_one_engine() =>
        Assert.Empty(
            Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
                .Where(f => ConditionalCompilation().IsMatch(File.ReadAllText(f.FullName)))
                .Select(Repository.Relative));

    // Orleans' own options, for the one setting that its configuration section lacks: how long a record outlives its last write.
    [Theory]
    [InlineData("Grains.Abstractions")]
    [InlineData("Grains")]
    [InlineData("Hosting")]
    [InlineData("Silo")]
    [InlineData("Gateway")]
    public void The_product_names_no_type_of_a_Redis_client(string project) =>
        Assert.DoesNotContain(
            AssemblyReferences.Of("Orleans.Otp." + project).Types,
            t => !t.Assembly.StartsWith("Orleans.Otp.", StringComparison.Ordinal)
                && (t.Assembly + t.FullName).Contains("redis", StringComparison.OrdinalIgnoreCase)
                && t.FullName != "Orleans.Persistence.RedisStorageOptions");

    [Theory]
    [InlineData("Grains.Abstractions")]
    [InlineData("Grains")]
    [InlineData("Hosting")]
    [InlineData("Silo")]
    [InlineData("Gateway")]
    public void The_product_uses_only_engine_types_that_Microsoft_Orleans_has_too(string project)
    {
        var surface = ApiSurface.VisibleTypes(StandIn.Assemblies).ToHashSet(StringComparer.Ordinal);

        var foreign = AssemblyReferences.Of("Orleans.Otp." + project).Types
            .Where(t => t.Assembly.StartsWith(StandIn.Prefix, StringComparison.Ordinal) && !surface.Contains(t.FullName))
            .Select(t => t.FullName);

        Assert.Empty(foreign);
    }

    [GeneratedRegex(@"^[ \t]*#(if|elif|else)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConditionalCompilation();
}
