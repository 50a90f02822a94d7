using System.Diagnostics;

namespace Otp.Redis.Servers;

/// <summary>
/// Finds the server to test on: <c>redis-server</c> when it is on the PATH, otherwise Garnet through the repository's tool manifest.
/// <c>OTP_TEST_REDIS=redis|garnet</c> picks one; with <c>OTP_REQUIRE_REDIS=1</c> its absence fails the tests that need it, else they are skipped.
/// </summary>
internal static class RedisBinary
{
    private static readonly Lazy<Task<RedisKind?>> Found = new(FindAsync);

    public static async Task<RedisKind> RequireAsync()
    {
        if (await Found.Value is { } kind)
        {
            return kind;
        }

        const string Absent = "There is neither redis-server on the PATH nor garnet-server by 'dotnet tool restore'.";
        if (Environment.GetEnvironmentVariable("OTP_REQUIRE_REDIS") == "1")
        {
            Assert.Fail(Absent);
        }

        Assert.Skip(Absent);
        return default;
    }

    public static ProcessStartInfo Command(RedisKind kind) =>
        kind == RedisKind.Redis
            ? new ProcessStartInfo("redis-server")
            : new ProcessStartInfo("dotnet") { ArgumentList = { "tool", "run", "garnet-server", "--" }, WorkingDirectory = Repository() };

    private static async Task<RedisKind?> FindAsync()
    {
        var wanted = Environment.GetEnvironmentVariable("OTP_TEST_REDIS");
        if (wanted is not "garnet" && await SucceedsAsync(new("redis-server") { ArgumentList = { "--version" } }))
        {
            return RedisKind.Redis;
        }

        if (wanted is not "redis" && await SucceedsAsync(new("dotnet") { ArgumentList = { "tool", "restore" }, WorkingDirectory = Repository() }))
        {
            return RedisKind.Garnet;
        }

        return null;
    }

    private static async Task<bool> SucceedsAsync(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(command)!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, ".config", "dotnet-tools.json")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
