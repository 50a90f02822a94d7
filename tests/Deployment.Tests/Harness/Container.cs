using System.Diagnostics;
using Otp.Cluster.Processes;

namespace Otp.Deployment.Harness;

/// <summary>Runs what an image's container runs, as a process on loopback: the entrypoint's words, in the folder of the program.</summary>
internal static class Container
{
    /// <summary>Starts a target of the Dockerfile.</summary>
    /// <param name="target"><c>gateway</c> or <c>silo</c>.</param>
    /// <param name="settings">The container's environment. Addresses on loopback take the place of those in a container.</param>
    /// <param name="logs">The folder for its output.</param>
    /// <param name="url">Where it listens for HTTP.</param>
    /// <param name="management">Where a gateway listens for operators.</param>
    public static ServiceProcess Start(string target, IReadOnlyDictionary<string, string> settings, string logs, Uri url, Uri? management = null)
    {
        var words = Dockerfile.Words(Dockerfile.Last(target, "ENTRYPOINT"));
        var environment = Dockerfile.EnvironmentOf(target);
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        Assert.Equal("8080", environment["ASPNETCORE_HTTP_PORTS"]);
        environment.Remove("ASPNETCORE_HTTP_PORTS");
        environment["ASPNETCORE_URLS"] = url.ToString();
        if (target == "silo")
        {
            environment["Orleans__Endpoints__SiloPort"] = $"{FreePort.Next()}";
            environment["Orleans__Endpoints__GatewayPort"] = $"{FreePort.Next()}";
            environment["Orleans__Endpoints__AdvertisedIPAddress"] = "127.0.0.1";
        }
        else if (management is not null)
        {
            Assert.Equal("http://+:8081", environment["Otp__Management__Urls"]);
            environment["Otp__Management__Urls"] = management.ToString();
        }

        // A home of its own: it shows whether the process writes files.
        var home = Directory.CreateDirectory(HomeOf(logs, target, url));
        environment["HOME"] = home.FullName;
        var command = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = ServiceProcess.FolderOf(target == "silo" ? "Silo" : "Gateway") };
        return ServiceProcess.Start($"{target}-{url.Host}-{url.Port}", command, environment, logs, url);
    }

    /// <summary>The home directory of a process that was started so.</summary>
    public static string HomeOf(string logs, string target, Uri url) => Path.Combine(logs, $"home-{target}-{url.Host}-{url.Port}");
}
