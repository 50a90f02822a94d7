namespace Otp.Deployment.Front;

/// <summary>
/// The HAProxy that this machine has. Without it the tests that need it are skipped, or fail where <c>OTP_REQUIRE_HAPROXY=1</c>.
/// </summary>
internal static class HaproxyBinary
{
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];

    public static string Require()
    {
        var path = Folders.Select(static folder => Path.Combine(folder, "haproxy")).FirstOrDefault(File.Exists);
        if (Environment.GetEnvironmentVariable("OTP_REQUIRE_HAPROXY") != "1")
        {
            Assert.SkipWhen(path is null, "HAProxy is not installed (Debian: haproxy)");
        }

        return path ?? throw new InvalidOperationException("HAProxy is required here and not installed.");
    }
}
