using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Otp.Redis.Servers;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Client;

public sealed class TlsTests
{
    [Fact]
    public async Task Commands_go_over_TLS_when_asked_to()
    {
        using var certificate = CreateCertificate();
        await using var server = new ScriptedServer(words => $"+{words[1]}\r\n", stream => EncryptAsync(stream, certificate));
        await using var redis = Clients.Connect(RedisOptions.Parse(server.ConnectionString + ",ssl=true") with
        {
            CertificateValidation = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString(),
        });

        Assert.Equal("key", (await redis.ExecuteAsync("GET", "key")).AsText());
    }

    [Fact]
    public async Task A_certificate_nobody_trusts_is_refused()
    {
        using var certificate = CreateCertificate();
        await using var server = new ScriptedServer(words => $"+{words[1]}\r\n", stream => EncryptAsync(stream, certificate));
        await using var redis = Clients.Connect(server.ConnectionString + ",ssl=true");

        var fault = await Assert.ThrowsAsync<RedisConnectionException>(redis.ConnectAsync);

        Assert.IsType<System.Security.Authentication.AuthenticationException>(fault.GetBaseException());
    }

    private static async Task<Stream> EncryptAsync(Stream stream, X509Certificate2 certificate)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(certificate);
        return encrypted;
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=redis.test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
