namespace Otp.Bench.Comparison.Systems;

/// <summary>Where things are in the repository.</summary>
internal static class Folders
{
    public static string Repository { get; } = FindRepository();

    /// <summary>The assembly of another project, built beside this one with the same configuration.</summary>
    public static string AssemblyOf(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(configuration.Parent!.Parent!.FullName, project, configuration.Name, $"Otp.{project}.dll");
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.Otp.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The comparison runs within the repository alone.");
        }

        return folder.FullName;
    }
}
