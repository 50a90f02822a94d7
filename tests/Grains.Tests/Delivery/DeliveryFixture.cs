using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Delivery as a silo composes it, with settings of the test's own and every log kept.</summary>
internal sealed class DeliveryFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public DeliveryFixture(Action<DeliveryOptions> configure, params IDeliveryProvider[] providers)
        : this(configure, null, providers)
    {
    }

    /// <summary>Composes delivery.</summary>
    /// <param name="configure">Sets what the test is about.</param>
    /// <param name="time">The clock, if not <see cref="Time"/>.</param>
    /// <param name="providers">Providers of the test's own.</param>
    public DeliveryFixture(Action<DeliveryOptions> configure, TimeProvider? time, params IDeliveryProvider[] providers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? Time);
        services.AddSingleton(NoGrains.Factory());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddDelivery();
        services.Configure(configure);
        foreach (var provider in providers)
        {
            services.AddSingleton(provider);
        }

        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public ManualTimeProvider Time { get; } = new();

    public LogCapture Log { get; } = new();

    public DeliveryOptions Options => _services.GetRequiredService<IOptions<DeliveryOptions>>().Value;

    public CodeDelivery Codes => _services.GetRequiredService<CodeDelivery>();

    /// <summary>Delivers a message with the built-in text through the service.</summary>
    public Task<DeliveryOutcome> DeliverAsync(Message message, params string[] programProviders) =>
        DeliverAsync(message, TestContext.Current.CancellationToken, programProviders);

    /// <summary>Delivers a message with the built-in text through the service, until cancelled.</summary>
    public Task<DeliveryOutcome> DeliverAsync(Message message, CancellationToken ct, params string[] programProviders) =>
        Codes.DeliverAsync(message, programProviders, ct)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);

    /// <summary>Asks one provider alone.</summary>
    public Task<DeliveryResult> AskAsync(string provider, Message message, CancellationToken ct) =>
        _services.GetRequiredService<DeliveryProviders>().Find(provider)!.Provider
            .DeliverAsync(message, new Handover(), ct)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);

    public Message Mail(string to = "jane.doe@example.com", string program = "Demo", string code = "271828") =>
        Compose(new Target(Targets.Channel.Email, to), program, code);

    public Message Sms(string program = "Demo", string code = "271828") =>
        Compose(new Target(Targets.Channel.Phone, "+442079460018"), program, code);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Message Compose(Target target, string program, string code) =>
        _services.GetRequiredService<MessageComposer>().Compose(
            TestProgram.Named(program), target, Purpose.None, locale: null, code, _services.GetRequiredService<TimeProvider>().GetUtcNow() + TimeSpan.FromMinutes(5));
}
