using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Otp.Gateway.Tests.Harness;
using Otp.Hosting;

namespace Otp.Gateway.Tests.Hosting;

/// <summary>HTTPS and addresses by the framework's own settings.</summary>
public sealed class HttpsTests : IDisposable
{
    private const string Password = "a password of a file";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-https-");
    private readonly X509Certificate2 _certificate = Certify();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Endpoint_with_a_certificate_in_PEM_speaks_TLS()
    {
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Kestrel:Endpoints:Https:Url"] = "https://127.0.0.1:0",
            ["Kestrel:Endpoints:Https:Certificate:Path"] = Write("otp.pem", _certificate.ExportCertificatePem()),
            ["Kestrel:Endpoints:Https:Certificate:KeyPath"] = Write("otp.key", _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
        });

        await AssertServedAsync(gateway.Port);
    }

    [Fact]
    public async Task Https_address_takes_the_default_certificate()
    {
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["urls"] = "https://127.0.0.1:0",
            ["Kestrel:Certificates:Default:Path"] = WritePfx(),
            ["Kestrel:Certificates:Default:Password"] = Password,
        });

        await AssertServedAsync(gateway.Port);
    }

    [Fact]
    public async Task Management_address_may_speak_TLS_too()
    {
        var port = FreePort.Next();
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:Management:Urls"] = $"https://127.0.0.1:{port}",
            ["Kestrel:Certificates:Default:Path"] = WritePfx(),
            ["Kestrel:Certificates:Default:Password"] = Password,
        });

        await AssertServedAsync(port);
    }

    [Fact]
    public async Task Wrong_password_of_a_certificate_ends_the_start_and_is_not_shown()
    {
        const string Wrong = "not the password";

        var run = await GatewayProcess.RunAsync(
            "--environment=Production", "--urls=https://127.0.0.1:0", $"--Kestrel:Certificates:Default:Path={WritePfx()}", $"--Kestrel:Certificates:Default:Password={Wrong}");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("It cannot start: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, run.Error + run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_ports", "5081")]
    [InlineData("https_ports", "5443")]
    [InlineData("urls", "http://127.0.0.1:5082")]
    [InlineData("Kestrel:Endpoints:Api:Url", "http://127.0.0.1:5083")]
    public void Address_of_the_frameworks_settings_takes_the_place_of_the_default(string setting, string value)
    {
        var urls = setting == "urls" ? value : null;

        Assert.Equal(urls, ServiceHost.CreateBuilder([$"--{setting}={value}"], "http://localhost:5080").Configuration["urls"]);
    }

    [Fact]
    public void Without_any_it_is_the_default() =>
        Assert.Equal("http://localhost:5080", ServiceHost.CreateBuilder([], "http://localhost:5080").Configuration["urls"]);

    private async Task AssertServedAsync(int port)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.Thumbprint },
        };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://127.0.0.1:{port}/health/live") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string WritePfx()
    {
        var path = Path.Combine(_folder.FullName, "otp.pfx");
        File.WriteAllBytes(path, _certificate.Export(X509ContentType.Pkcs12, Password));
        return path;
    }

    private static X509Certificate2 Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
