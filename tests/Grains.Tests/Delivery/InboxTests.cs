using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Otp.Targets;

namespace Otp.Delivery;

public sealed class InboxTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly InProcessTestCluster _cluster;

    public InboxTests()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton<TimeProvider>(_time);
            host.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            host.Services.AddDelivery().Configure<DeliveryOptions>(options => (options.Email, options.Phone) = (["inbox"], ["inbox"]));
        });
        _cluster = builder.Build();
    }

    private IInboxGrain Inbox => _cluster.Client.GetGrain<IInboxGrain>(IInboxGrain.Key);

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_the_inbox_is_given_any_client_can_read()
    {
        var target = new Target(Channel.Email, "jane.doe@example.com");
        var message = Compose(target, "271828");

        Assert.Equal("inbox", (await DeliverAsync(message)).Provider);

        var kept = Assert.Single(await Inbox.List());
        Assert.Equal(
            new InboxMessage(
                kept.Id,
                _time.GetUtcNow(),
                "19",
                Channel.Email,
                "jane.doe@example.com",
                message.Subject,
                message.Text,
                message.Html,
                "271828"),
            kept);
        Assert.Matches("^[0-9a-f]{32}$", kept.Id);
    }

    [Fact]
    public async Task The_inbox_keeps_the_latest_200_newest_first()
    {
        for (var n = 1; n <= 205; n++)
        {
            var target = new Target(Channel.Phone, "+442079460018");
            await DeliverAsync(Compose(target, $"{n:D6}"));
        }

        var codes = (await Inbox.List()).Select(message => message.Code);

        Assert.Equal(Enumerable.Range(6, 200).Reverse().Select(n => $"{n:D6}"), codes);
    }

    private Message Compose(Target target, string code) =>
        _cluster.GetSiloServiceProvider().GetRequiredService<MessageComposer>().Compose(
            TestProgram.Named("Demo"), target, Purpose.None, locale: null, code, _time.GetUtcNow() + TimeSpan.FromMinutes(5));

    private async Task<DeliveryOutcome> DeliverAsync(Message message) =>
        await _cluster.GetSiloServiceProvider()
            .GetRequiredService<CodeDelivery>()
            .DeliverAsync(message, programProviders: null, TestContext.Current.CancellationToken);
}
