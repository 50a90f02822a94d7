using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Otp.Health;
using Otp.Hosting;

namespace Otp.Gateway.Tests.Operations;

/// <summary>What the readiness check costs the cluster, however many ask.</summary>
public sealed class ClusterHealthTests
{
    private static readonly TimeSpan AnswerLifetime = TimeSpan.FromMilliseconds(500);

    private readonly ManualTimeProvider _time = new();
    private readonly CountedHealth _grain = CountedHealth.Create();
    private readonly ClusterHealthCheck _check;

    public ClusterHealthTests() => _check = new ClusterHealthCheck(_grain.Factory, _time);

    [Fact]
    public async Task One_answer_serves_all_who_ask_within_half_a_second()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(HealthStatus.Healthy, await AskAsync());
        }

        _time.Advance(AnswerLifetime - TimeSpan.FromMilliseconds(1));
        await AskAsync();
        Assert.Equal(1, _grain.Calls);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await AskAsync();
        Assert.Equal(2, _grain.Calls);
    }

    [Fact]
    public async Task Those_who_ask_while_an_answer_is_awaited_wait_for_the_same_one()
    {
        var answer = new TaskCompletionSource();
        _grain.Answer = () => answer.Task;
        var first = AskAsync();
        _time.Advance(AnswerLifetime * 2);
        var second = AskAsync();

        answer.SetResult();

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy, 1), (await first, await second, _grain.Calls));
    }

    [Fact]
    public async Task Fault_and_silence_are_unhealthy_and_pass()
    {
        _grain.Answer = static () => Task.FromException(new IOException("gone"));
        Assert.Equal(HealthStatus.Unhealthy, await AskAsync());

        _grain.Answer = static () => new TaskCompletionSource().Task;
        _time.Advance(AnswerLifetime);
        var silent = AskAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HealthStatus.Unhealthy, await silent);

        _grain.Answer = static () => Task.CompletedTask;
        Assert.Equal(HealthStatus.Healthy, await AskAsync());
    }

    [Fact]
    public async Task Who_hangs_up_takes_the_answer_from_nobody()
    {
        var answer = new TaskCompletionSource();
        _grain.Answer = () => answer.Task;
        using var hangUp = new CancellationTokenSource();
        var gone = _check.CheckHealthAsync(new(), hangUp.Token);
        var stays = AskAsync();

        await hangUp.CancelAsync();
        answer.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(HealthStatus.Healthy, await stays);
    }

    private async Task<HealthStatus> AskAsync() => (await _check.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status;
}

/// <summary>A grain factory whose only grain counts who asks, and answers as a test wants it to.</summary>
public class CountedHealth : DispatchProxy
{
    private IHealthGrain? _grain;
    private CountedHealth? _script;

    public Func<Task> Answer { get; set; } = static () => Task.CompletedTask;

    public int Calls { get; private set; }

    public IGrainFactory Factory => (IGrainFactory)(object)this;

    public static CountedHealth Create()
    {
        var script = (CountedHealth)(object)Create<IGrainFactory, CountedHealth>();
        script._grain = Create<IHealthGrain, CountedHealth>();
        ((CountedHealth)(object)script._grain)._script = script;
        return script;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_script is null)
        {
            return _grain;
        }

        _script.Calls++;
        return _script.Answer();
    }
}
