using Microsoft.Extensions.Hosting;
using Otp.Delivery;
using Otp.Events;
using Otp.Programs;

namespace Otp.Grains.Tests.Events;

public sealed class EventOptionsTests
{
    private static readonly string Production = Environments.Production;

    [Theory]
    [InlineData("https://hooks.example.com/otp")]
    [InlineData("http://127.0.0.1:8080/otp")]
    public void Good_endpoint_has_no_fault(string url) => Assert.Empty(Faults(Production, new EventOptions { Url = url, Secrets = [WebhookDelivery.Secret] }));

    [Fact]
    public void Program_without_an_endpoint_has_no_fault() => Assert.Empty(Faults(Production, new EventOptions()));

    [Fact]
    public void Clear_text_leaves_this_machine_in_Development_alone()
    {
        var options = new EventOptions { Url = "http://hooks.example.com", Secrets = [WebhookDelivery.Secret] };

        Assert.Empty(Faults(Environments.Development, options));
        Assert.StartsWith("Otp:Programs:shop:Events:Url is not an https address", Assert.Single(Faults(Production, options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_named_by_its_key_and_none_tells_a_secret()
    {
        var faults = Faults(Production, new EventOptions { Url = "https://user:hush@example.com", Secrets = ["hush-hush", WebhookDelivery.Secret] });

        Assert.Equal(
            ["Otp:Programs:shop:Events:Secrets:0 is not whsec_ and base64 of 24–64 bytes.", "Otp:Programs:shop:Events:Url is not an https address without a user name (http: on this machine, or in the Development environment)."],
            faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Endpoint_without_a_secret_is_refused() => Assert.StartsWith(
        "Otp:Programs:shop:Events:Secrets:0 is missing", Assert.Single(Faults(Production, new EventOptions { Url = "https://example.com" })), StringComparison.Ordinal);

    [Fact]
    public void Settings_without_an_address_are_refused()
    {
        foreach (var options in new[] { new EventOptions { Secrets = [WebhookDelivery.Secret] }, new EventOptions { IncludeTarget = true }, new EventOptions { Types = [EventType.Sent] } })
        {
            Assert.Equal("Otp:Programs:shop:Events:Url is missing: without it nobody is told of events.", Assert.Single(Faults(Production, options)));
        }
    }

    private static IEnumerable<string> Faults(string environment, EventOptions events)
    {
        var options = new OtpOptions { Programs = { ["shop"] = new ProgramOptions { Events = events } } };
        return new EventOptionsValidator(new TestEnvironment { EnvironmentName = environment }).Validate(null, options).Failures ?? [];
    }
}
