using System.Diagnostics;
using Otp.Architecture;

namespace Otp.Deployment.Images;

/// <summary>What <c>dotnet publish</c> puts into an image.</summary>
public sealed class ContentTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-published-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Silo")]
    public async Task Published_program_has_the_settings_of_production_alone(string project)
    {
        await PublishAsync(project);

        Assert.True(File.Exists(Path.Combine(_folder.FullName, $"Otp.{project}.dll")));
        Assert.Equal(["appsettings.json"], _folder.EnumerateFiles("appsettings*").Select(file => file.Name));
    }

    // What is built already, as it would be copied.
    private async Task PublishAsync(string project)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", $"src/{project}", "--no-build", "--configuration", new DirectoryInfo(AppContext.BaseDirectory).Name, "--output", _folder.FullName,
                "-p:UseAppHost=false", "-nodeReuse:false", "--verbosity", "quiet",
            ])
        {
            WorkingDirectory = Repository.Root.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
            Assert.True(process.ExitCode == 0, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
