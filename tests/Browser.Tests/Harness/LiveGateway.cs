using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;

namespace Otp.Browser.Tests.Harness;

/// <summary>A gateway that runs by the wall clock, as the browser does.</summary>
public static class LiveGateway
{
    public static Task<TestGateway> StartAsync(Dictionary<string, string>? settings = null) => TestGateway.StartAsync(
        settings, builder => builder.Services.AddSingleton(TimeProvider.System));

    /// <summary>The address of one of its pages.</summary>
    public static string Address(this TestGateway gateway, string path) => $"http://localhost:{gateway.Port}{path}";
}
