using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using Otp.Customers;
using Otp.Delivery;
using Otp.Members;
using Otp.Programs;
using Otp.Silo;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Grains.Tests.Harness;

/// <summary>The domain's grains on a cluster of one silo, with a manual clock, storage and delivery that a test can break.</summary>
internal sealed class TestService : IAsyncDisposable
{
    public const string Program = "test";
    public const string OtherProgram = "other";

    private readonly InProcessTestCluster _cluster;
    private readonly string _program;

    private TestService(string program, short silos, LogLevel logs)
    {
        _program = program;
        var keys = new[] { NewKey(), NewKey() };
        _cluster = new InProcessTestClusterBuilder(silos)
            .ConfigureSiloHost((_, host) =>
            {
                host.Services.AddSingleton<TimeProvider>(Time);
                host.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
                host.Services.AddOtp(new ConfigurationBuilder().Build(), embedded: true);
                host.Services.Configure<OtpOptions>(options => (options.Programs[program], options.Programs[OtherProgram], options.ExposeCodes) = (new ProgramOptions(), new ProgramOptions(), true));
                host.Services.Configure<OtpOptions>(options =>
                {
                    options.CodeKeys = [keys[0]];
                    options.IndexKey = keys[1];
                });
                host.Services.AddDomain();
                host.Services.AddSingleton(Storage.AsRecords(Time));
                host.Services.AddSingleton<IDeliveryProvider>(Delivery);
                host.Services.AddSingleton<IDeliveryProvider>(Next);
                host.Services.Configure<OtpOptions>(options => options.Receipts.BaseUrl = "https://otp.example.com");
                host.Services.Configure<DeliveryOptions>(options => options.Email = options.Phone = [TestDelivery.ProviderName]);
                host.Logging.AddProvider(Logs).SetMinimumLevel(logs);
            })
            .Build();
    }

    public ManualTimeProvider Time { get; } = new();

    public TestStorage Storage { get; } = new();

    public TestDelivery Delivery { get; } = new();

    /// <summary>The provider that a program may list after <see cref="Delivery"/>.</summary>
    public TestDelivery Next { get; } = new(TestDelivery.NextName);

    public LogCapture Logs { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The keys of targets; still there when the silo that it came from is gone.</summary>
    public TargetIndex Targets => field ??= Services.GetRequiredService<TargetIndex>();

    public MemberIndex Members => Services.GetRequiredService<MemberIndex>();

    public VerificationIndex Verifications => Services.GetRequiredService<VerificationIndex>();

    private IServiceProvider Services => _cluster.GetSiloServiceProvider();

    /// <summary>Starts a cluster with one program, whose id only those tests change that must be told from all others.</summary>
    public static async Task<TestService> StartAsync(string program = Program, short silos = 1, LogLevel logs = LogLevel.Trace)
    {
        var service = new TestService(program, silos, logs);
        await service._cluster.DeployAsync();
        return service;
    }

    /// <summary>Puts other rules of the program in force; null takes the program away.</summary>
    public void Use(ProgramOptions? program)
    {
        var options = new OtpOptions();
        if (program is not null)
        {
            options.Programs[_program] = program;
        }

        foreach (var silo in _cluster.Silos)
        {
            silo.ServiceProvider.GetRequiredService<ProgramCatalog>().Replace(new ProgramSet(options));
        }
    }

    /// <summary>Stops a grain's silo without letting it finish anything.</summary>
    public async Task KillSiloOfAsync(IAddressable grain)
    {
        Assert.True(_cluster.TryGetGrainContext(grain.GetGrainId(), out var context));
        var address = context.Address.SiloAddress;
        await _cluster.KillSiloAsync(_cluster.Silos.Single(silo => silo.SiloAddress.Equals(address)));
    }

    /// <summary>Has a grain leave memory.</summary>
    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public Task<SendOutcome> SendAsync(Target target, Operation? operation = null) =>
        Grain<ITargetGrain>(target).Send(new SendRequest(target, Purpose.None, operation ?? Operation.New()));

    public Task<VerifyOutcome> VerifyAsync(Target target, string code, Operation? operation = null) =>
        Grain<ITargetGrain>(target).Verify(new VerifyRequest(target, Purpose.None, code, operation ?? Operation.New()));

    /// <summary>Verifies the code, and signs in with it.</summary>
    public Task<VerifyOutcome> SignInAsync(Target target, string code, string? name = null, Operation? operation = null) =>
        Grain<ITargetGrain>(target).Verify(
            new VerifyRequest(target, Purpose.None, code, operation ?? Operation.New(), SignIn: new SignInRequest(name)));

    /// <summary>Sends a code, and signs in with it.</summary>
    public async Task<SignInResult> NewSessionAsync(Target target, string? name = null)
    {
        await SendAsync(target);
        return (await SignInAsync(target, LatestCode, name)).SignIn!;
    }

    public Task<Identity?> SessionAsync(string token, string program = Program) => SessionToken.TryRead(token, program, out var key, out var session)
        ? Grains.GetGrain<ITargetGrain>(key).FindSession(session)
        : Task.FromResult<Identity?>(null);

    public Task EndSessionAsync(string token)
    {
        Assert.True(SessionToken.TryRead(token, _program, out var key, out var session));
        return Grains.GetGrain<ITargetGrain>(key).EndSession(session);
    }

    /// <summary>Reports what became of a message that a provider was given, at the address that it was given with it.</summary>
    public Task<ReceiptStatus> ReportAsync(
        Message message, DeliveryState state, UndeliveredReason reason = UndeliveredReason.Unknown, string provider = TestDelivery.ProviderName)
    {
        var place = $"test/{provider}";
        var token = message.Receipt!.For("test", provider).Split('/')[^1];
        var (key, delivery) = Services.GetRequiredService<ReceiptTokens>().Open(place, token, Time.GetUtcNow().UtcTicks)!.Value;
        var body = Encoding.UTF8.GetBytes($"{state} {reason}");
        return Grains.GetGrain<ITargetGrain>(key).TakeReceipt(new ReceiptRequest(delivery, provider, $"{place}/{token}", [.. body], Signature: null));
    }

    public Task EraseAsync(Target target) => Grain<ITargetGrain>(target).Erase();

    public Task<TargetReport> InspectAsync(Target target) => Grain<ITargetGrain>(target).Inspect();

    /// <summary>The code in the latest message.</summary>
    public string LatestCode => Delivery.Messages.Last().Code;

    public static string Wrong(string code) => code[..^1] + (code[^1] == '0' ? '1' : '0');

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private TGrain Grain<TGrain>(Target target)
        where TGrain : IGrainWithStringKey =>
        Grains.GetGrain<TGrain>(Targets.KeyFor(_program, target));
}
