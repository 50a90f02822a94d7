using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Grains.Tests.Settings;

public sealed class StrictBindingTests
{
    [Fact]
    public void Sound_settings_are_bound()
    {
        var options = Read(new()
        {
            ["policy:length"] = "8",
            ["Policy:Windows:0:Name"] = "hour",
            ["Policy:Windows:0:Limit"] = "2",
            ["Policy:Windows:0:Period"] = "01:00:00",
            ["Programs:p:Purposes:login:Channel"] = "phone",
            ["Programs:p:Clients:c:Roles:0"] = "otp",
            ["Programs:p:Clients:c:SecretHashes:0"] = Convert.ToBase64String(new byte[48]),
            ["Programs:p:Purposes:login:AllowTestTargets"] = "false",
            ["Programs:p:TestTargets:0:Target"] = "tester@example.com",
            ["Programs:p:TestTargets:0:Code"] = "12345678",
            ["Programs:p:TestTargets:0:ExpiresOn"] = "2026-02-01",
        });

        Assert.Equal(8, options.Policy.Length);
        Assert.Equal(TimeSpan.FromHours(1), Assert.Single(options.Policy.Windows!).Period);
        Assert.Equal(ChannelRule.Phone, options.Programs["p"].Purposes[Purpose.Login].Channel);
        Assert.Equal(new DateOnly(2026, 2, 1), options.Programs["p"].TestTargets[0].ExpiresOn);
    }

    [Fact]
    public void Settings_of_others_are_left_alone() => Assert.NotNull(Read(new() { ["Delivery:Anything:Goes"] = "1" }));

    [Theory]
    [InlineData("Lifetme", "00:01:00")]
    [InlineData("Policy:Lifetme", "00:01:00")]
    [InlineData("Programs:p:Policy:Windows:0:Limt", "1")]
    [InlineData("Programs:p:Clients:c:Secret", "plain")]
    public void Key_that_names_no_setting_is_a_fault(string key, string value) =>
        Assert.Contains(Faults(new() { [key] = value }), f => f == $"Otp:{key} is not a setting.");

    [Theory]
    [InlineData("Policy:Lifetime", "soon")]
    [InlineData("Policy:Lifetime", "24:00:00")]
    [InlineData("Lockout:Duration", "7")]
    [InlineData("Policy:Length", "six")]
    [InlineData("Policy:Length", "1e1")]
    [InlineData("ExposeCodes", "maybe")]
    [InlineData("Policy:OnResend", "Never")]
    [InlineData("Policy:OnResend", "1")]
    [InlineData("Programs:p:TestTargets:0:ExpiresOn", "tomorrow")]
    public void Value_of_a_wrong_kind_is_a_fault_and_is_not_shown(string key, string value)
    {
        var fault = Assert.Single(Faults(new() { [key] = value }), f => f.StartsWith($"Otp:{key} is not", StringComparison.Ordinal));

        Assert.DoesNotContain(value, fault[key.Length..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Policy", "strict")]
    [InlineData("Policy:Windows", "5 per hour")]
    [InlineData("Policy:Length:Least", "4")]
    public void Value_in_the_place_of_a_section_and_a_section_in_that_of_a_value_are_faults(string key, string value) =>
        Assert.NotEmpty(Faults(new() { [key] = value }));

    [Fact]
    public void Purpose_that_does_not_exist_is_named_with_those_that_do()
    {
        var fault = Assert.Single(Faults(new() { ["Programs:p:Purposes:Logon:Length"] = "6" }));

        Assert.StartsWith("Otp:Programs:p:Purposes:Logon", fault, StringComparison.Ordinal);
        Assert.Contains("Login", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_faults_of_every_sort_are_told_in_one_message()
    {
        string[] keys =
        [
            "Otp:Lifetme", "Otp:Policy:Lifetime", "Otp:Policy:Length", "Otp:Limits:SendsPerAddress:Limit", "Otp:Programs:p:DefaultRegion",
            "Otp:Programs:p:Purposes:Logon", "Otp:Programs:p:Policy:AllowedCountries:0", "Otp:Programs:p:Policy:AllowedDomains:0",
            "Otp:Programs:p:Clients:c:Roles:0", "Otp:Proxies:0",
        ];

        var faults = Faults(new()
        {
            ["Lifetme"] = "00:01:00",
            ["Policy:Lifetime"] = "soon",
            ["Policy:Length"] = "3",
            ["Limits:SendsPerAddress:Limit"] = "-1",
            ["Programs:p:DefaultRegion"] = "ZZ",
            ["Programs:p:Purposes:Logon:Length"] = "6",
            ["Programs:p:Policy:AllowedCountries:0"] = "Britain",
            ["Programs:p:Policy:AllowedDomains:0"] = "*",
            ["Programs:p:Clients:c:SecretHashes:0"] = Convert.ToBase64String(new byte[48]),
            ["Programs:p:Clients:c:Roles:0"] = "root",
            ["Proxies:0"] = "the front",
        });

        Assert.All(keys, key => Assert.Contains(faults, f => f.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
    }

    private static List<string> Faults(Dictionary<string, string?> settings) =>
        [.. Assert.Throws<OptionsValidationException>(() => Read(settings)).Failures];

    private static OtpOptions Read(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => $"Otp:{s.Key}", s => s.Value, StringComparer.OrdinalIgnoreCase))
            .Build();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new ManualTimeProvider());
        using var provider = services.AddOtp(configuration.GetSection(OtpOptions.Section), embedded: true).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<OtpOptions>>().Value;
    }
}
