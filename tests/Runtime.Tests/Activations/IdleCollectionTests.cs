using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Otp.Conformance.Scripted;
using Orleans.Runtime;

namespace Orleans.Otp.Conformance.Activations;

/// <summary>Grains that nobody calls leave memory after the collection age, by a clock that the test moves.</summary>
public sealed class IdleCollectionTests
{
    private static readonly TimeSpan Quantum = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    private readonly Script _script = new();
    private readonly ManualTimeProvider _time = new();
    private readonly BriefLog _brief = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DeactivationReason>> _deactivated = new();

    public IdleCollectionTests()
    {
        _script.On("touch", _ => { });
        _script.Deactivating = (grain, reason) => Task.FromResult(Deactivation(grain.Key).TrySetResult(reason));
    }

    [Fact]
    public async Task An_idle_grain_is_deactivated_after_its_age()
    {
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("touch");
        Pass(Age + (Quantum * 3));

        Assert.Equal(DeactivationReasonCode.ActivationIdle, (await Deactivation("one").Task.InTime()).ReasonCode);
    }

    [Fact]
    public async Task A_grain_in_use_is_kept()
    {
        await using var silo = await StartAsync();

        await silo.Grain("idle").Do("touch");
        await silo.Grain("used").Do("touch");
        for (var minutes = 0; minutes < 20; minutes += 2)
        {
            Pass(TimeSpan.FromMinutes(2));
            await silo.Grain("used").Do("touch");
        }

        await Deactivation("idle").Task.InTime();
        Assert.False(Deactivation("used").Task.IsCompleted);
    }

    [Fact]
    public async Task A_grain_that_delays_its_deactivation_is_kept_so_long()
    {
        _script.On("stay", grain => grain.Delay(TimeSpan.FromHours(2)));
        await using var silo = await StartAsync();

        await silo.Grain("idle").Do("touch");
        await silo.Grain("staying").Do("stay");
        Pass(TimeSpan.FromMinutes(30));
        await Deactivation("idle").Task.InTime();
        Assert.False(Deactivation("staying").Task.IsCompleted);

        Pass(TimeSpan.FromHours(2));
        await Deactivation("staying").Task.InTime();
    }

    [Fact]
    public async Task A_grain_in_a_long_call_is_kept()
    {
        var gate = new Gate();
        _script.On("hold", _ => gate.PassAsync());
        await using var silo = await StartAsync();

        await silo.Grain("idle").Do("touch");
        var holding = silo.Grain("busy").Do("hold");
        await gate.Entered;
        Pass(Age * 3);
        await Deactivation("idle").Task.InTime();
        Assert.False(Deactivation("busy").Task.IsCompleted);

        gate.Open();
        await holding.InTime();
    }

    [Fact]
    public async Task A_class_with_an_age_of_its_own_is_collected_by_that()
    {
        await using var silo = await StartAsync();

        await silo.Grain("other").Do("touch");
        await silo.Grain<IBriefGrain>("brief").Touch();
        Pass(TimeSpan.FromMinutes(6));

        Assert.Equal(DeactivationReasonCode.ActivationIdle, (await _brief.Deactivated.Task.InTime()).ReasonCode);
        Assert.False(Deactivation("other").Task.IsCompleted);
    }

    private TaskCompletionSource<DeactivationReason> Deactivation(string key) =>
        _deactivated.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private Task<TestSilo> StartAsync() =>
        TestSilo.StartAsync(
            _script,
            silo =>
            {
                silo.Services.AddSingleton(_brief);
                silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, _time);
                silo.Services.Configure<GrainCollectionOptions>(options =>
                {
                    options.CollectionQuantum = Quantum;
                    options.CollectionAge = Age;
                });
            },
            _time);

    private void Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Quantum)
            _time.Advance(Quantum);
    }
}
