
namespace Otp.Architecture;

/// <summary>Rules that the source text itself keeps.</summary>
public sealed class SourceTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_source_file_is_over_400_lines()
    {
        var files = Repository.Files(".", "*.cs").ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files.Where(f => File.ReadLines(f.FullName).Count() > LongestFile).Select(Repository.Relative));
    }
}
