using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Activations;

/// <summary>Activations that fail or do not end, and what comes after them.</summary>
public sealed class ActivationTests
{
    private readonly Script _script = new();

    public ActivationTests() => _script.OnAsk("hello", _ => "hello");

    [Fact]
    public async Task An_activation_that_fails_fails_its_callers_and_the_next_call_tries_again()
    {
        var attempts = 0;
        _script.Activating = _ => Interlocked.Increment(ref attempts) == 1 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await using var silo = await TestSilo.StartAsync(_script);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Grain("one").Ask("hello").InTime());

        Assert.Equal("hello", await silo.Grain("one").Ask("hello").InTime());
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task An_activation_that_does_not_end_in_time_is_given_up_and_the_next_call_tries_again()
    {
        var gate = new Gate();
        var attempts = 0;
        _script.Activating = _ => Interlocked.Increment(ref attempts) == 1 ? gate.PassAsync() : Task.CompletedTask;
        await using var silo = await TestSilo.StartAsync(
            _script,
            silo => silo.Services.Configure<GrainCollectionOptions>(options => options.ActivationTimeout = TimeSpan.FromMilliseconds(200)));

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Grain("one").Ask("hello").InTime());

        Assert.Equal("hello", await silo.Grain("one").Ask("hello").InTime());
        gate.Open();
    }

    [Fact]
    public async Task A_grain_that_does_not_deactivate_in_time_is_gone_all_the_same()
    {
        var gate = new Gate();
        _script.On("deactivate", grain => grain.DeactivateOnIdle());
        _script.OnAsk("count", grain => (++grain.Counter).ToString());
        _script.Deactivating = (_, _) => gate.PassAsync();
        await using var silo = await TestSilo.StartAsync(
            _script,
            silo => silo.Services.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromMilliseconds(200)));
        await silo.Grain("one").Ask("count").InTime();

        await silo.Grain("one").Do("deactivate").InTime();

        Assert.Equal("1", await silo.Grain("one").Ask("count").InTime());
        gate.Open();
    }
}
