using System.Security.Cryptography.X509Certificates;
using Otp.Hosting;
using Otp.Hosting.Cluster;
using Otp.Programs;

namespace Otp.Cluster.Security;

/// <summary>The operator's own certificates serve from PEM and PFX, and what is wrong with them is told by the setting, without a value.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private const string Password = "a password";

    private readonly OperatorAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task One_file_in_PEM_holds_certificate_key_and_authority()
    {
        var (one, other) = (Read(Whole()), Read(Whole()));

        Assert.True(await one.TalksToAsync(other));
    }

    [Fact]
    public async Task One_file_in_PFX_holds_them_with_and_without_a_password()
    {
        using var certificate = _authority.Issue();
        var one = Read(new() { Certificate = _authority.WritePfx(certificate, Password), CertificatePassword = Password });
        var other = Read(new() { Certificate = _authority.WritePfx(certificate, password: null) });

        Assert.True(await one.TalksToAsync(other));
    }

    [Fact]
    public async Task Certificate_key_and_authority_can_have_files_of_their_own()
    {
        Assert.True(await Read(Apart(_authority.Issue())).TalksToAsync(Read(Whole())));
    }

    [Fact]
    public async Task Key_in_PEM_can_have_a_password()
    {
        using var certificate = _authority.Issue();
        using var key = certificate.GetECDsaPrivateKey()!;
        var options = Apart(certificate);
        options.CertificatePassword = Password;
        options.CertificateKey = _authority.Write(key.ExportEncryptedPkcs8PrivateKeyPem(
            Password, new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1000)));

        Assert.True(await Read(options).TalksToAsync(Read(Whole())));
    }

    [Fact]
    public async Task Authority_in_between_is_shown_to_the_other_side()
    {
        using var between = _authority.IssueAuthority();
        using var certificate = _authority.Issue(by: between);
        var options = Apart(certificate);
        options.Certificate = _authority.Write(certificate.ExportCertificatePem() + '\n' + between.ExportCertificatePem());

        Assert.True(await Read(options).TalksToAsync(Read(Whole())));
    }

    [Fact]
    public async Task During_a_change_of_the_authority_both_are_trusted()
    {
        using var next = new OperatorAuthority();
        var (changed, fresh) = (Apart(_authority.Issue()), Apart(next.Issue()));
        changed.CertificateAuthority = fresh.CertificateAuthority = _authority.Write(_authority.Certificate + '\n' + next.Certificate);

        Assert.True(await Read(changed).TalksToAsync(Read(fresh)));
    }

    [Fact]
    public async Task Certificate_by_another_authority_is_refused()
    {
        using var other = new OperatorAuthority();
        using var certificate = other.Issue();
        var stranger = Apart(certificate);
        stranger.CertificateAuthority = other.Write(other.Certificate);
        var (client, server) = (Read(stranger), Read(Whole()));

        Assert.False(await client.TalksToAsync(server));
        Assert.Equal(["2030 NotProved"], server.Log);
    }

    [Fact]
    public void What_others_would_not_trust_is_a_fault()
    {
        using var other = new OperatorAuthority();

        AssertFault("Otp:Cluster:Certificate: other processes would not trust the certificate (NotTimeValid)", Apart(_authority.Issue(expired: true)));
        AssertFault("Otp:Cluster:Certificate: other processes would not trust the certificate (NotValidForUsage)", Apart(_authority.Issue(forClients: false)));
        AssertFault("Otp:Cluster:Certificate: other processes would not trust the certificate (PartialChain)", Apart(other.Issue()));
    }

    [Fact]
    public async Task Certificate_that_all_processes_share_is_its_own_authority()
    {
        ClusterSecurityOptions options = new() { Certificate = _authority.Write(OperatorAuthority.Shared()) };

        Assert.True(await Read(options).TalksToAsync(Read(options)));
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_a_fault()
    {
        using var certificate = _authority.Issue();
        var (pem, key) = (certificate.ExportCertificatePem(), KeyOf(certificate));
        using var other = _authority.Issue();

        AssertFault("Otp:Cluster:Certificate: the file cannot be read", new() { Certificate = _authority.NewPath() });
        AssertFault("Otp:Cluster:Certificate: it is not in PEM or PFX", new() { Certificate = _authority.Write("nothing of the kind") });
        AssertFault("Otp:Cluster:Certificate: there is no certificate", new() { Certificate = _authority.Write(key) });
        AssertFault("Otp:Cluster:Certificate: there is no private key", new() { Certificate = _authority.Write(pem) });
        AssertFault("Otp:Cluster:CertificateKey: there is no private key", WithKey(_authority.Write(KeyOf(other))));
        AssertFault("Otp:Cluster:CertificateKey: the file cannot be read", WithKey(_authority.NewPath()));
        AssertFault("Otp:Cluster:CertificateAuthority is missing", new() { Certificate = _authority.Write(pem + '\n' + key) });
        AssertFault("Otp:Cluster:CertificateAuthority: the file cannot be read", WithAuthority(_authority.NewPath()));
        AssertFault("Otp:Cluster:CertificateAuthority: there is no self-signed", WithAuthority(_authority.Write(pem)));
        AssertFault(
            "Otp:Cluster:Certificate: it is not in PEM or PFX",
            new() { Certificate = _authority.WritePfx(certificate, Password), CertificatePassword = "another password" });

        ClusterSecurityOptions WithKey(string path) => new() { Certificate = _authority.Write(pem), CertificateKey = path };

        ClusterSecurityOptions WithAuthority(string authority) => new() { Certificate = _authority.Write(pem + '\n' + key), CertificateAuthority = authority };
    }

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static GuardedProcess Read(ClusterSecurityOptions options) => new(CertificateFile.Read(options));

    private static void AssertFault(string beginning, ClusterSecurityOptions options)
    {
        var fault = Assert.Single(Assert.Throws<ConfigurationException>(() => CertificateFile.Read(options)).Faults);
        Assert.True(fault.StartsWith(beginning, StringComparison.Ordinal), fault);
        string?[] values = [options.Certificate, options.CertificateKey, options.CertificateAuthority, options.CertificatePassword];
        Assert.All(values.OfType<string>(), value => Assert.DoesNotContain(value, fault, StringComparison.Ordinal));
    }

    private ClusterSecurityOptions Whole()
    {
        using var certificate = _authority.Issue();
        return new() { Certificate = _authority.Write(string.Join('\n', certificate.ExportCertificatePem(), KeyOf(certificate), _authority.Certificate)) };
    }

    private ClusterSecurityOptions Apart(X509Certificate2 certificate) => new()
    {
        Certificate = _authority.Write(certificate.ExportCertificatePem()),
        CertificateKey = _authority.Write(KeyOf(certificate)),
        CertificateAuthority = _authority.Write(_authority.Certificate),
    };
}
