using Orleans.Serialization;
using Orleans.Storage;
using Otp.Customers;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Silo;

/// <summary>
/// Compiles the code of a sign-in before a silo joins. Otherwise the first callers whose targets move to the new silo would wait for the
/// just-in-time compiler. A separate silo in memory serves a few artificial sign-ins, and stops before the real one starts.
/// </summary>
internal static class WarmUp
{
    private const string Program = "warm-up";
    private const int Rounds = 12;
    private const int Concurrency = 8;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Serves the sign-ins. Nothing listens to metrics yet, so they are not counted.</summary>
    public static async Task RunAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout, TimeProvider.System);
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = nameof(WarmUp) });
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Otp:ExposeCodes"] = "true",
                ["Otp:AllowExposedCodes"] = nameof(WarmUp),
                ["Otp:Delivery:Email:0"] = "inbox",
                [$"Otp:Programs:{Program}:Name"] = Program,
            });
            builder.AddOtpSilo();
            using var host = builder.Build();
            await host.StartAsync(timeout.Token);
            for (var round = 0; round < Rounds; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => SignInAsync(host.Services))).WaitAsync(timeout.Token);
            }

            await host.StopAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // On a machine that is this busy, the process warms up while it serves.
        }
    }

    /// <summary>Compiles the code of the silo's own storage, once it is there and before the first call.</summary>
    public static async Task UseStorageAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var storage = services.GetRequiredKeyedService<IGrainStorage>(RecordLifetimes.All[0].Name);
        var grain = GrainId.Create(Program, Guid.NewGuid().ToString());
        for (var round = 0; round < Rounds && !cancellationToken.IsCancellationRequested; round++)
        {
            var state = new GrainState<TargetState>(TargetState.Empty);
            await storage.WriteStateAsync(Program, grain, state);
            await storage.ReadStateAsync(Program, grain, state);
            await storage.ClearStateAsync(Program, grain, state);
        }
    }

    private static async Task SignInAsync(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var target = new Target(Channel.Email, $"{Guid.NewGuid():n}@{Program}.invalid");
        var key = services.GetRequiredService<TargetIndex>().KeyFor(Program, target);
        var send = Copy(services, new SendRequest(target, Purpose.None, Operation.New()));
        var sent = Copy(services, await grains.GetGrain<ITargetGrain>(key).Send(send));
        await grains.GetGrain<ITargetGrain>(key).Send(send);

        VerifyRequest Guess(string code) =>
            Copy(services, new VerifyRequest(target, Purpose.None, code, Operation.New(), SignIn: new SignInRequest(Program)));

        await grains.GetGrain<ITargetGrain>(key).Verify(Guess(sent.Code == "000000" ? "000001" : "000000"));
        var verified = Copy(services, await grains.GetGrain<ITargetGrain>(key).Verify(Guess(sent.Code!)));
        SessionToken.TryRead(verified.SignIn!.SessionToken, Program, out _, out var session);
        await grains.GetGrain<ITargetGrain>(key).FindSession(Copy(services, session!));
    }

    // Serializes and deserializes, as for a message between processes.
    private static T Copy<T>(IServiceProvider services, T message)
    {
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(message))!;
    }
}
