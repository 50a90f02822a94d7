using System.Globalization;
using Otp.Programs;
using Otp.Settings;

namespace Otp.Grains.Tests.Programs;

public sealed class OtpOptionsTests
{
    [Fact]
    public void The_defaults_with_keys_are_valid() => Assert.Empty(Faults(Valid()));

    [Fact]
    public void Every_fault_is_named_by_its_key_in_one_answer()
    {
        var options = Valid();
        options.CodeKeys = ["not base64"];
        options.IndexKey = null;
        options.Tokens.SigningKeys = [Convert.ToBase64String(new byte[31])];
        options.Tokens.Lifetime = TimeSpan.Zero;
        options.Policy.Length = 3;
        options.Programs["bad id"] = new ProgramOptions();
        options.Programs["a"] = new ProgramOptions
        {
            DefaultRegion = "XX",
            Clients = { ["twice"] = new ClientOptions { SecretHashes = [Hash], Roles = ["root"] } },
            Lockout = { Threshold = 0 },
            Purposes = { [Purpose.Login] = new PolicyOptions { Attempts = 0, Windows = [new() { Name = "", Limit = 0 }] } },
        };
        options.Programs["b"] = new ProgramOptions { Clients = { ["twice"] = new ClientOptions { SecretHashes = [] } } };

        var faults = Faults(options);

        string[] keys =
        [
            "Otp:CodeKeys:0", "Otp:IndexKey", "Otp:Tokens:SigningKeys:0", "Otp:Tokens:Lifetime", "Otp:Policy:Length", "Otp:Programs:bad id",
            "Otp:Programs:a:DefaultRegion", "Otp:Programs:a:Clients:twice:Roles:0", "Otp:Programs:a:Lockout:Threshold",
            "Otp:Programs:a:Purposes:Login:Attempts", "Otp:Programs:a:Purposes:Login:Windows:0:Name",
            "Otp:Programs:a:Purposes:Login:Windows:0:Limit", "Otp:Programs:a:Purposes:Login:Windows:0:Period",
            "Otp:Programs:b:Clients:twice:SecretHashes:0", "Otp:Programs:b:Clients:twice:",
        ];
        Assert.All(keys, key => Assert.Contains(faults, f => f.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
    }

    [Theory]
    [InlineData("back-end", 0)]
    [InlineData("Back end 2", 0)]
    [InlineData("backend\u200B", 1)]
    [InlineData(" backend", 1)]
    [InlineData("ｂａｃｋｅｎｄ", 1)]
    public void A_client_id_that_no_caller_could_give_is_a_fault(string id, int faults)
    {
        var options = Valid();
        options.Programs["a"] = new ProgramOptions { Clients = { [id] = new ClientOptions { SecretHashes = [Hash] } } };

        Assert.Equal(faults, Faults(options).Count(f => f.Contains("the client id", StringComparison.Ordinal)));
    }

    [Fact]
    public void Faults_of_a_Verify_service_are_named()
    {
        var options = Valid();
        var sid = $"VA{new string('0', 32)}";
        options.Programs["a"] = new ProgramOptions { Verify = { ServiceSid = sid, AccountSid = "AC1", AuthTokenHashes = ["x"], ApiKeys = { ["SK1"] = new() } } };
        options.Programs["b"] = new ProgramOptions { Verify = { ServiceSid = sid, AccountSid = $"AC{new string('0', 32)}" } };
        options.Programs["c"] = new ProgramOptions { Verify = { ServiceSid = "VA1", AccountSid = $"AC{new string('0', 32)}", AuthTokenHashes = [Hash] } };
        options.Programs["d"] = new ProgramOptions { Verify = { Psd2 = true } };
        string[] keys =
        [
            "Otp:Programs:a:Verify:AccountSid", "Otp:Programs:a:Verify:AuthTokenHashes:0 is not", "Otp:Programs:a:Verify:ApiKeys:SK1: the name",
            "Otp:Programs:a:Verify:ApiKeys:SK1:SecretHashes:0", "Otp:Programs:b:Verify:ServiceSid: another", "Otp:Programs:b:Verify:AuthTokenHashes:0 is missing",
            "Otp:Programs:c:Verify:ServiceSid is not", "Otp:Programs:d:Verify:ServiceSid is missing",
        ];

        var faults = Faults(options);

        Assert.All(keys, key => Assert.Contains(faults, f => f.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
    }

    [Fact]
    public void What_processes_prove_to_each_other_is_one_thing()
    {
        var options = Valid();
        options.Cluster = new() { Secret = "short", Certificate = "/a/file" };
        string[] keys = ["Otp:Cluster:Secret is not base64", "Otp:Cluster:Certificate: Otp:Cluster:Secret is set too"];

        var faults = Faults(options);

        Assert.All(keys, key => Assert.Contains(faults, f => f.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
    }

    [Fact]
    public void What_belongs_to_a_certificate_means_nothing_without_it()
    {
        var options = Valid();
        options.Cluster = new() { CertificateKey = "/a/file", CertificateAuthority = "/a/file", CertificatePassword = "a password" };
        string[] keys = ["Otp:Cluster:CertificateKey", "Otp:Cluster:CertificateAuthority", "Otp:Cluster:CertificatePassword"];

        var faults = Faults(options);

        Assert.All(keys, key => Assert.Contains(faults, f => f.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
    }

    [Fact]
    public void A_key_that_is_short_is_never_shown()
    {
        var options = Valid();
        options.IndexKey = Convert.ToBase64String("a secret, but short"u8);

        Assert.DoesNotContain(Faults(options), f => f.Contains(options.IndexKey, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("00:00:59", 1)]
    [InlineData("00:01:00", 0)]
    [InlineData("2.00:00:00", 0)]
    [InlineData("2.00:00:01", 1)]
    public void A_session_lives_a_minute_at_least_and_no_longer_than_its_customer(string lifetime, int faults)
    {
        var options = Valid();
        options.CustomerRetention = TimeSpan.FromDays(2);
        options.SessionLifetime = TimeSpan.Parse(lifetime, CultureInfo.InvariantCulture);

        Assert.Equal(faults, Faults(options).Count(f => f.StartsWith("Otp:SessionLifetime", StringComparison.Ordinal)));
    }

    private const string Hash = "AQAAAAIAAYagAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private static OtpOptions Valid() => new()
    {
        CodeKeys = [Convert.ToBase64String(new byte[32])],
        IndexKey = Convert.ToBase64String(new byte[32]),
        Tokens = { SigningKeys = [Convert.ToBase64String(new byte[32])] },
    };

    private static IReadOnlyList<string> Faults(OtpOptions options)
    {
        var faults = new FaultList();
        options.Check(new ManualTimeProvider(), faults);
        return [.. faults.ToResult().Failures ?? []];
    }
}
