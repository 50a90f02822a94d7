using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Otp.Programs;

namespace Orleans.Otp.Delivery;

public sealed class DeliveryOptionsTests
{
    [Fact]
    public void Good_settings_have_no_fault()
    {
        Assert.Empty(Faults(
            ("Email:0", "smtp"),
            ("Email:1", "INBOX"),
            ("Phone:0", "inbox"),
            ("Smtp:Host", "mail.example.com"),
            ("Smtp:From", "Example <otp@example.com>"),
            ("Smtp:UserName", "mailer"),
            ("Smtp:Password", "secret")));
    }

    [Fact]
    public void Every_fault_is_named_by_its_key_and_none_tells_a_password()
    {
        var faults = Faults(
            ("Email:0", "smtp"),
            ("Email:1", "pigeon"),
            ("Phone:0", "smtp"),
            ("ProviderTimeout", "00:00:09"),
            ("TotalTimeout", "00:00:08"),
            ("Smtp:Port", "0"),
            ("Smtp:StartTls", "7"),
            ("Smtp:From", "nobody"),
            ("Smtp:Password", "hush-hush"),
            ("Smtp:CaFile", "/no/such/file.pem"));

        foreach (var key in new[]
        {
            "Otp:Delivery:Email:1:", "Otp:Delivery:Phone:0:", "Otp:Delivery:ProviderTimeout:", "Otp:Delivery:Smtp:Host ", "Otp:Delivery:Smtp:Port:",
            "Otp:Delivery:Smtp:StartTls:", "Otp:Delivery:Smtp:From ", "Otp:Delivery:Smtp:UserName ", "Otp:Delivery:Smtp:CaFile:",
        })
        {
            Assert.Single(faults, fault => fault.StartsWith(key, StringComparison.Ordinal));
        }

        Assert.Equal(9, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.Contains("hush-hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ProviderTimeout", "00:00:00")]
    [InlineData("ProviderTimeout", "-00:00:01")]
    [InlineData("TotalTimeout", "00:01:00")]
    public void A_time_out_that_is_no_time_or_too_long_is_a_fault(string key, string value)
    {
        Assert.Contains(Faults((key, value)), fault => fault.StartsWith($"Otp:Delivery:{key}: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("otp@example.com\r\nBcc: eve@evil.example")]
    [InlineData("otp@bücher.example")]
    [InlineData("a@example.com, b@example.com")]
    public void A_sender_that_is_not_one_ascii_address_is_a_fault(string from)
    {
        var faults = Faults(("Email:0", "smtp"), ("Smtp:Host", "mail.example.com"), ("Smtp:From", from));

        Assert.StartsWith("Otp:Delivery:Smtp:From ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void The_inbox_is_refused_in_production()
    {
        var fault = Assert.Single(Faults(Environments.Production, ("Email:0", "inbox")));

        Assert.StartsWith("Otp:Delivery:Email:0: ", fault, StringComparison.Ordinal);
        Assert.Empty(Faults(Environments.Staging, ("Email:0", "inbox")));
    }

    [Fact]
    public void A_program_that_lists_an_unknown_provider_is_a_fault_of_the_programs()
    {
        using var services = Services(Environments.Development, []);
        var program = new ProgramOptions();
        program.Delivery.Phone = ["inbox", "pigeon"];
        var options = new OtpOptions { Programs = { ["19"] = program } };

        var faults = services.GetServices<IValidateOptions<OtpOptions>>().SelectMany(validator => validator.Validate(null, options).Failures ?? []);

        Assert.Contains(faults, fault => fault.StartsWith("Otp:Programs:19:Delivery:Phone:1: 'pigeon'", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Faults(params (string Key, string Value)[] settings) => Faults(Environments.Development, settings);

    private static IReadOnlyList<string> Faults(string environment, params (string Key, string Value)[] settings)
    {
        using var services = Services(environment, settings);
        try
        {
            _ = services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    private static ServiceProvider Services(string environment, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{DeliveryOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IHostEnvironment>(new TestEnvironment { EnvironmentName = environment });
        services.AddDelivery().Configure<DeliveryOptions>(configuration.GetSection(DeliveryOptions.Section));
        return services.BuildServiceProvider();
    }

    private sealed class TestEnvironment : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
