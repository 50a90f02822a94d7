using Otp.Gateway.Loyalife;

namespace Otp.Gateway.Tests.Loyalife;

public sealed class ErrorCodeTests
{
    [Fact]
    public void The_page_of_the_API_lists_every_code_with_its_status()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "README.md")))
        {
            directory = directory.Parent;
        }

        var page = File.ReadAllLines(Path.Combine(directory!.FullName, "docs", "api-loyalife.md"));

        Assert.All(LoyalifeErrorCode.All, error => Assert.Contains(
            page, line => line.StartsWith($"| `{error.Code}` | {error.Status}", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_two_are_the_same() =>
        Assert.Equal(LoyalifeErrorCode.All.Count, LoyalifeErrorCode.All.Select(error => error.Code).Distinct(StringComparer.Ordinal).Count());
}
