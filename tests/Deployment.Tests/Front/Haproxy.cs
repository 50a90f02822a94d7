using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Otp.Architecture;
using Otp.Cluster.Processes;
using Otp.Deployment.Harness;

namespace Otp.Deployment.Front;

/// <summary>A real HAProxy with the shipped configuration, whose names and addresses it takes from its environment. Gone with this object.</summary>
internal sealed class Haproxy : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _certificates = Directory.CreateTempSubdirectory("otp-front-");
    private readonly string _thumbprint;
    private readonly NameServer _names = new(DeployedCluster.GatewayAddresses);
    private readonly ServiceProcess _process;

    private Haproxy(string binary, DeployedCluster cluster)
    {
        using var certificate = Certify();
        _thumbprint = certificate.Thumbprint;
        File.WriteAllText(
            Path.Combine(_certificates.FullName, "otp.pem"), $"{certificate.ExportCertificatePem()}\n{certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
        _process = ServiceProcess.Start("haproxy", new ProcessStartInfo(binary, ["-db", "-f", Configuration]), Environment(cluster), cluster.Logs);
    }

    /// <summary>The folder with its certificate.</summary>
    public string Certificates => _certificates.FullName;

    /// <summary>The shipped file.</summary>
    public static string Configuration => Path.Combine(Repository.Root.FullName, "deploy", "haproxy.cfg");

    public Uri Public { get; } = new($"https://localhost:{FreePort.Next()}");

    public Uri Clear { get; } = new($"http://localhost:{FreePort.Next()}");

    public Uri Operators { get; } = new($"http://localhost:{FreePort.Next()}");

    /// <summary>Starts it in front of the gateways and waits until it has found them.</summary>
    public static async Task<Haproxy> StartAsync(DeployedCluster cluster)
    {
        var front = new Haproxy(HaproxyBinary.Require(), cluster);
        try
        {
            using var http = front.Client();
            Assert.True(await Pause.UntilAsync(() => front.ServesAsync(http), StartLimit), front._process.Output());
            return front;
        }
        catch
        {
            await front.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the front that trusts its certificate alone.</summary>
    /// <param name="from">The address of loopback that it calls from.</param>
    public HttpClient Client(string from = "127.0.0.1") => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = Trusts },
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Whether a certificate is the front's.</summary>
    public bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.GetCertHashString() == _thumbprint;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _names.DisposeAsync();
        _certificates.Delete(recursive: true);
    }

    private Dictionary<string, string> Environment(DeployedCluster cluster) => new(StringComparer.Ordinal)
    {
        ["OTP_DNS"] = _names.EndPoint.ToString()!,
        ["OTP_CERTIFICATES"] = _certificates.FullName,
        ["OTP_HTTPS"] = $"127.0.0.1:{Public.Port}",
        ["OTP_HTTP"] = $"127.0.0.1:{Clear.Port}",
        ["OTP_OPERATORS"] = $"127.0.0.1:{Operators.Port}",
        ["OTP_GATEWAY"] = $"gateway:{cluster.HttpPort}",
        ["OTP_MANAGEMENT"] = $"gateway:{cluster.ManagementPort}",
    };

    private async Task<bool> ServesAsync(HttpClient http)
    {
        try
        {
            using var api = await http.GetAsync(new Uri(Public, "/v2/token"));
            using var page = await http.GetAsync(new Uri(Operators, "/ops"));
            return api.StatusCode == HttpStatusCode.MethodNotAllowed && page.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static X509Certificate2 Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
