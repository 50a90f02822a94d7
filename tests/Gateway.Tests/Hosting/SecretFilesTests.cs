using System.Net;
using Otp.Gateway.Tests.Harness;
using Otp.Hosting;

namespace Otp.Gateway.Tests.Hosting;

/// <summary>Settings from files, one setting a file (<c>Otp:SecretsDirectory</c>).</summary>
public sealed class SecretFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-secrets-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Setting_in_a_file_overrides_every_other_source()
    {
        Write("Otp__Programs__acme__Clients__acme-app__SecretHashes__0", TestGateway.HashOf("a secret in a file") + "\n");
        await using var gateway = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await gateway.TryTokenAsync(TestGateway.Acme, "a secret in a file")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.TryTokenAsync(TestGateway.Acme, TestGateway.Secret)).Status);
    }

    [Fact]
    public async Task Fault_in_a_file_is_named_by_its_setting_and_never_shown()
    {
        Write("Otp__IndexKey", "hush hush");
        Write("Otp__CodeKey__0", "hush hush");

        var fault = await Assert.ThrowsAsync<ConfigurationException>(StartAsync);

        Assert.Equal(["Otp:CodeKey is not a setting.", "Otp:IndexKey is not base64 of at least 32 bytes."], fault.Faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_setting_of_the_service_lies_there_in_peace()
    {
        Write("redis-password", "hush");
        _folder.CreateSubdirectory("kubernetes.io");
        await using var gateway = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Directory_that_is_not_there_is_a_fault()
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(
            () => TestGateway.StartAsync(new() { ["Otp:SecretsDirectory"] = Path.Combine(_folder.FullName, "none") }));

        Assert.StartsWith("Otp:SecretsDirectory cannot be read: ", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    private Task<TestGateway> StartAsync() => TestGateway.StartAsync(new() { ["Otp:SecretsDirectory"] = _folder.FullName });

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
