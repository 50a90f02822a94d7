using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Otp.Gateway.Auth;
using Otp.Gateway.Tests.Harness;
using Otp.Programs;

namespace Otp.Gateway.Tests.Auth;

public sealed class ClientSecretTests
{
    private readonly ClientOptions _client = new() { SecretHashes = [TestGateway.HashOf("first"), TestGateway.HashOf("second")] };
    private readonly ProgramCatalog _catalog;
    private readonly ClientSecrets _secrets;

    public ClientSecretTests()
    {
        _catalog = new ProgramCatalog(Options.Create(Settings()));
        _secrets = new ClientSecrets(_catalog, RandomNumberGenerator.Create());
    }

    [Fact]
    public void Right_secret_is_known_again_and_no_other()
    {
        Assert.Null(_secrets.Recall("app", "first"));
        Assert.NotNull(_secrets.Check("app", "first"));

        Assert.Equal(new ClientSecret(_client.SecretHashes[0]).Id, _secrets.Recall("app", "first")!.SecretId);
        Assert.Null(_secrets.Recall("app", "second"));
        Assert.Null(_secrets.Recall("app", "FIRST"));
        Assert.Null(_secrets.Recall("nobody", "first"));
    }

    [Fact]
    public void Wrong_secret_is_not_remembered()
    {
        Assert.Null(_secrets.Check("app", "wrong"));

        Assert.Null(_secrets.Recall("app", "wrong"));
    }

    [Fact]
    public void Removed_secret_is_not_known_again()
    {
        _secrets.Check("app", "first");
        _client.SecretHashes.RemoveAt(0);
        _catalog.Replace(new ProgramSet(Settings()));

        Assert.Null(_secrets.Recall("app", "first"));
        Assert.Null(_secrets.Check("app", "first"));
        Assert.NotNull(_secrets.Check("app", "second"));
    }

    // One after the other they would take longer than a request may.
    [Fact]
    public async Task Requests_that_come_at_once_with_one_secret_wait_for_one_hash()
    {
        var slow = TestGateway.HashOf("first", iterations: 3_000_000);
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Programs:acme:Clients:acme-app:SecretHashes:0"] = slow });

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            gateway.PostFormAsync(TestGateway.TokenPath, new() { ["username"] = TestGateway.Acme, ["password"] = "first" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    private OtpOptions Settings() => new() { Programs = { ["p"] = new ProgramOptions { Clients = { ["app"] = _client } } } };
}
