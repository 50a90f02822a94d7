using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using Otp.Delivery;
using Otp.Events;
using Otp.Grains.Tests.Harness;
using Otp.Hosting.Cluster.Placement;
using Otp.Programs;
using Otp.Silo;
using Otp.Targets;

namespace Otp.Grains.Tests.Events;

/// <summary>Events of a cluster of silos that are killed while they are to be delivered.</summary>
public sealed class EventClusterTests : IAsyncLifetime
{
    private const int Targets = 40;

    private readonly TestStorage _storage = new();
    private readonly ConcurrentDictionary<string, bool> _taken = new(StringComparer.Ordinal);
    private LoopbackEndpoint _endpoint = null!;
    private InProcessTestCluster _cluster = null!;
    private volatile int _status = StatusCodes.Status503ServiceUnavailable;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await LoopbackEndpoint.StartAsync((http, _) =>
        {
            http.Response.StatusCode = _status;
            if (_status == StatusCodes.Status200OK)
            {
                _taken.TryAdd(http.Request.Headers["webhook-id"]!, true);
            }

            return Task.CompletedTask;
        });
        _cluster = new InProcessTestClusterBuilder(2)
            .ConfigureSilo((_, silo) => silo
                .AddComputedPlacement("target", EventOutboxGrain.TypeName)
                .Configure<ClusterMembershipOptions>(static membership =>
                {
                    membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                    membership.NumMissedProbesLimit = 2;
                    membership.NumVotesForDeathDeclaration = 1;
                }))
            .ConfigureSiloHost((_, host) =>
            {
                host.Services.AddOtp(new ConfigurationBuilder().Build(), embedded: true);
                host.Services.Configure<OtpOptions>(options =>
                {
                    options.IndexKey = Convert.ToBase64String(new byte[32]);
                    options.CodeKeys = [options.IndexKey];
                    options.Programs[TestService.Program] = new ProgramOptions { Events = new EventOptions { Url = _endpoint.Address, Secrets = [WebhookDelivery.Secret] } };
                });
                host.Services.AddDomain();
                host.Services.AddSingleton(_storage.AsRecords(TimeProvider.System));
                host.Services.AddSingleton<IDeliveryProvider>(new TestDelivery());
                host.Services.Configure<DeliveryOptions>(static options => options.Email = options.Phone = [TestDelivery.ProviderName]);
            })
            .Build();
        await _cluster.DeployAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Silo_that_is_killed_between_write_and_delivery_loses_no_event()
    {
        for (var i = 0; i < Targets; i++)
        {
            await SendAsync(i);
        }

        // Each silo owns some of the targets and some of the outboxes, and none has delivered anything.
        Assert.All(OwnedOutboxes(), static count => Assert.InRange(count, 1, EventShards.Count - 1));
        await _cluster.KillSiloAsync(_cluster.GetActiveSilos().Last(), TestContext.Current.CancellationToken);
        _status = StatusCodes.Status200OK;

        await AllTakenAsync();
    }

    [Fact]
    public async Task Silos_that_all_end_leave_the_events_to_those_that_come_after_them()
    {
        for (var i = 0; i < Targets; i++)
        {
            await SendAsync(i);
        }

        foreach (var silo in _cluster.GetActiveSilos().ToList())
        {
            await _cluster.RestartSiloAsync(silo);
        }

        _status = StatusCodes.Status200OK;
        await AllTakenAsync();
    }

    private Task<SendOutcome> SendAsync(int number)
    {
        var target = new Target(Channel.Email, $"user-{number}@example.com");
        var key = _cluster.GetSiloServiceProvider().GetRequiredService<TargetIndex>().KeyFor(TestService.Program, target);
        return _cluster.Client.GetGrain<ITargetGrain>(key).Send(new SendRequest(target, Purpose.None, Operation.New()));
    }

    private IEnumerable<int> OwnedOutboxes()
    {
        var owners = _cluster.GetSiloServiceProvider().GetRequiredService<ActiveSilos>();
        var shards = EventShards.Of(TestService.Program).Select(key => owners.OwnerOf(GrainId.Create(EventOutboxGrain.TypeName, key))).ToList();
        return _cluster.GetActiveSilos().Select(silo => shards.Count(owner => silo.SiloAddress.Equals(owner)));
    }

    // Wakes the outboxes, as silos do, until the event of each target has been taken.
    private async Task AllTakenAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (_taken.Count < Targets)
        {
            try
            {
                await Task.WhenAll(EventShards.Of(TestService.Program).Select(key => _cluster.Client.GetGrain<IEventOutboxGrain>(key).Wake()))
                    .WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System, timeout.Token);
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                // The silo is lost, and this not noticed yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, timeout.Token);
        }
    }
}
