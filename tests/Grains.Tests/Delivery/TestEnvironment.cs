using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Otp.Delivery;

/// <summary>An environment as a test names it.</summary>
internal sealed class TestEnvironment : IHostEnvironment
{
    public string EnvironmentName { get; set; } = Environments.Development;

    public string ApplicationName { get; set; } = "test";

    public string ContentRootPath { get; set; } = "/";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
