namespace Otp.Architecture;

/// <summary>The repository these tests were built from, found upwards from the test's own folder.</summary>
internal static class Repository
{
    private static readonly string[] NotSource = ["bin", "obj", "artifacts", ".git"];

    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>Files under <paramref name="folder"/> (relative to the root) that match, build output left out.</summary>
    public static IEnumerable<FileInfo> Files(string folder, string pattern)
    {
        var directory = new DirectoryInfo(Path.Combine(Root.FullName, folder));
        return directory.Exists ? Files(directory, pattern) : [];
    }

    public static string Relative(FileInfo file) => Path.GetRelativePath(Root.FullName, file.FullName).Replace('\\', '/');

    private static IEnumerable<FileInfo> Files(DirectoryInfo directory, string pattern) =>
        directory.EnumerateFiles(pattern).Concat(
            directory.EnumerateDirectories()
                .Where(d => !NotSource.Contains(d.Name, StringComparer.Ordinal))
                .SelectMany(d => Files(d, pattern)));

    private static DirectoryInfo FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Orleans.Otp.sln")))
        {
            directory = directory.Parent;
        }

        return directory ?? throw new InvalidOperationException("Orleans.Otp.sln is in no folder above the tests.");
    }
}
