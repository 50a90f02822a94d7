using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Otp.Deployment.Harness;

namespace Otp.Deployment.Compose;

/// <summary>What docker-compose.yml gives each container, and what it does not.</summary>
public sealed class ComposeTests
{
    private readonly ComposeFile _compose = new();

    public static TheoryData<string> Services => [.. new ComposeFile().Services.Select(static service => service.Key)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Container_is_read_only_without_capabilities_and_within_limits(string name)
    {
        var service = _compose.Services.At(name);

        Assert.Equal("true", service.Text("read_only"));
        Assert.Equal(["ALL"], service.Texts("cap_drop"));
        Assert.Equal(["no-new-privileges:true"], service.Texts("security_opt"));
        Assert.All(["memory", "pids"], limit => Assert.NotEmpty(service.Text($"deploy.resources.limits.{limit}")));
        Assert.Equal("unless-stopped", service.Text("restart"));
    }

    [Fact]
    public void Each_process_gets_its_own_secrets_alone()
    {
        var blanks = new Blanks { Redis = "redis:6379" };
        var gateway = _compose.EnvironmentOf("gateway", blanks).Keys;
        var silo = _compose.EnvironmentOf("silo", blanks).Keys;

        Assert.DoesNotContain(gateway, static key => key.StartsWith("Otp__CodeKeys", StringComparison.Ordinal) || key.StartsWith("Otp__Delivery", StringComparison.Ordinal));
        Assert.DoesNotContain(silo, static key => key.StartsWith("Otp__Tokens", StringComparison.Ordinal) || key.Contains("SecretHashes", StringComparison.Ordinal));
        Assert.All([gateway, silo], static keys => Assert.DoesNotContain(keys, static key => key.Contains("ExposeCodes", StringComparison.Ordinal) || key.Contains("ENVIRONMENT", StringComparison.Ordinal)));
        Assert.All(["redis", "front"], name => Assert.Null(_compose.Services.At(name).Find("env_file")));
    }

    [Fact]
    public void Front_alone_can_be_reached_from_outside_and_reaches_gateways_alone()
    {
        Assert.Equal(["front"], _compose.Services.Where(static service => service.Value!.Find("ports") is not null).Select(static service => service.Key));
        Assert.Equal(["edge"], NetworksOf("front"));
        Assert.Equal(["cluster"], NetworksOf("silo"));
        Assert.Equal(["cluster"], NetworksOf("redis"));
        Assert.Equal(["cluster", "edge"], NetworksOf("gateway").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Operators_are_served_on_the_machines_loopback_alone()
    {
        var ports = _compose.Services.At("front").Texts("ports").ToList();

        Assert.Equal(["443:8443", "80:8080", "127.0.0.1:5081:8081"], ports);
    }

    [Fact]
    public void Gateways_believe_the_front_alone_whose_address_nobody_else_gets()
    {
        var front = _compose.Services.At("front").Text("networks.edge.ipv4_address");
        var range = _compose.Networks.At("edge.ipam.config.0");
        var environment = _compose.Services.At("gateway").Map("environment").ToTexts();

        Assert.Equal([front], environment.Where(static setting => setting.Key.StartsWith("Otp__Proxies", StringComparison.Ordinal)).Select(static setting => setting.Value));
        Assert.True(IPNetwork.Parse(range.Text("subnet")).Contains(IPAddress.Parse(front)));
        Assert.False(IPNetwork.Parse(range.Text("ip_range")).Contains(IPAddress.Parse(front)));
    }

    [Fact]
    public void Nothing_is_killed_before_it_has_had_its_time_to_stop()
    {
        var drain = TimeSpan.Parse(_compose.Services.At("gateway").Map("environment").ToTexts()["Otp__DrainTime"], CultureInfo.InvariantCulture);
        var stop = TimeSpan.FromSeconds(30);

        Assert.InRange(GraceOf("gateway"), drain + stop + TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));
        Assert.InRange(GraceOf("silo"), stop + TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));
    }

    private TimeSpan GraceOf(string service) =>
        TimeSpan.FromSeconds(int.Parse(_compose.Services.At(service).Text("stop_grace_period").TrimEnd('s'), CultureInfo.InvariantCulture));

    private IEnumerable<string> NetworksOf(string service) => _compose.Services.At(service).At("networks") switch
    {
        JsonObject map => map.Select(static network => network.Key),
        var list => list.AsArray().Select(static network => network!.GetValue<string>()),
    };
}
