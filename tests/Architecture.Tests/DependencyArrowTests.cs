using System.Xml.Linq;

namespace Otp.Architecture;

/// <summary>Holds <c>Gateway → Grains.Abstractions ← Grains ← Silo</c>.</summary>
public sealed class DependencyArrowTests
{
    public static TheoryData<string, string[]> AllowedReferences => new()
    {
        { "Client", [] },
        { "Grains.Abstractions", [] },
        { "Settings", ["Grains.Abstractions"] },
        { "Grains", ["Grains.Abstractions", "Settings"] },
        { "Hosting", ["Grains.Abstractions", "Settings"] },
        { "Silo", ["Grains.Abstractions", "Settings", "Grains", "Hosting"] },
        { "Gateway", ["Grains.Abstractions", "Settings", "Silo", "Hosting"] },
    };

    [Theory]
    [MemberData(nameof(AllowedReferences))]
    public void Project_files_point_only_along_the_arrows(string project, string[] allowed) =>
        Assert.Empty(ProjectReferences(Path.Combine("src", project)).Except(allowed, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(AllowedReferences))]
    public void Assemblies_point_only_along_the_arrows(string project, string[] allowed)
    {
        var used = AssemblyReferences.Of("Otp." + project).Assemblies
            .Where(a => a.StartsWith("Otp.", StringComparison.Ordinal))
            .Select(a => a["Otp.".Length..]);

        Assert.Empty(used.Except(allowed, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_of_src_is_held_by_these_tests()
    {
        var projects = Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f.Name));

        Assert.Equal(AllowedReferences.Select(row => row.Data.Item1).Order(), projects.Order());
    }

    [Fact]
    public void The_gateway_calls_one_method_of_the_silo_at_most()
    {
        var gateway = AssemblyReferences.Of("Otp.Gateway");

        var methods = gateway.Members.Where(m => m.Type.Assembly == "Otp.Silo").Distinct();
        var types = gateway.Types.Where(t => t.Assembly == "Otp.Silo").Distinct();

        Assert.True(methods.Count() <= 1, string.Join(Environment.NewLine, methods));
        Assert.True(types.Count() <= 1, string.Join(Environment.NewLine, types));
    }

    [Fact]
    public void The_client_needs_neither_Orleans_nor_ASP_NET() =>
        Assert.DoesNotContain(
            AssemblyReferences.Of("Otp.Client").Assemblies,
            assembly => assembly.StartsWith("Orleans", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static IEnumerable<string> ProjectReferences(string folder) =>
        ProjectPaths(Path.Combine(Repository.Root.FullName, folder)).Select(path => Path.GetFileNameWithoutExtension(path)!);

    private static IEnumerable<string> ProjectPaths(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.csproj")
        from reference in XDocument.Load(file).Descendants("ProjectReference")
        select Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
