using System.Text.RegularExpressions;
using Otp.Architecture;
using Otp.Deployment.Harness;

namespace Otp.Deployment.Images;

/// <summary>What the Dockerfile's two images are made of.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> Targets => ["gateway", "silo"];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Process_is_started_without_a_shell_which_would_drop_variables_with_a_hyphen(string target) =>
        Assert.Equal(["dotnet", target == "silo" ? "Otp.Silo.dll" : "Otp.Gateway.dll"], Dockerfile.Words(Dockerfile.Last(target, "ENTRYPOINT")));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Process_has_a_user_of_its_own_by_number(string target)
    {
        var user = Dockerfile.Last(target, "USER");

        Assert.Matches("^[1-9][0-9]{4,}:[1-9][0-9]{4,}$", user);
        Assert.Contains(Dockerfile.InstructionsOf(target), line => line.Name == "RUN" && line.Value.Contains($"useradd --uid {user.Split(':')[0]} ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Image_asks_whether_the_process_is_alive(string target) =>
        Assert.Equal(["health-check", "live"], Dockerfile.Words(Dockerfile.Last(target, "HEALTHCHECK")));

    [Fact]
    public void No_instruction_takes_a_setting_a_secret_or_an_environment()
    {
        Assert.DoesNotContain(Dockerfile.Instructions(), line => line.Name == "ARG");
        Assert.DoesNotContain(Dockerfile.Instructions(), line => Suspicious().IsMatch(line.Value));
    }

    [Theory]
    [InlineData("otp.env")]
    [InlineData("gateway.env")]
    [InlineData("silo.env")]
    [InlineData("certificates/otp.pem")]
    [InlineData(".git/config")]
    [InlineData("appsettings.Production.json")]
    [InlineData("deploy/otp.env")]
    [InlineData("src/Gateway/bin/Debug/otp.json")]
    [InlineData("src/Gateway/obj/project.assets.json")]
    [InlineData("tests/Gateway.Tests/Gateway.Tests.csproj")]
    public void Build_does_not_get(string path) => Assert.True(IsIgnored(path), path);

    [Theory]
    [InlineData("src/Gateway/Program.cs")]
    [InlineData("src/Hosting/appsettings.json")]
    [InlineData("Directory.Packages.props")]
    [InlineData("eng/BannedSymbols.txt")]
    [InlineData("deploy/health-check")]
    public void Build_gets(string path)
    {
        Assert.True(File.Exists(Path.Combine(Repository.Root.FullName, path)), path);
        Assert.False(IsIgnored(path), path);
    }

    // Docker's rules, as far as the file uses them: the last pattern that matches a path, or a folder above it, decides.
    private static bool IsIgnored(string path)
    {
        var isIgnored = false;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root.FullName, ".dockerignore")).Where(static line => line.Length > 0 && line[0] != '#'))
        {
            var pattern = line.TrimStart('!');
            var expression = $"^{Regex.Escape(pattern).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}(/|$)";
            if (Regex.IsMatch(path, expression, RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                isIgnored = line[0] != '!';
            }
        }

        return isIgnored;
    }

    [GeneratedRegex("Otp__|ConnectionStrings|ENVIRONMENT|[Pp]assword|[Ss]ecret|\\.env", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suspicious();
}
