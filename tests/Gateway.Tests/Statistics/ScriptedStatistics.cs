using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Threading.Channels;
using Otp.Statistics;

namespace Otp.Gateway.Tests.Statistics;

/// <summary>A grain factory whose only grain takes reports as a test wants it to.</summary>
public class ScriptedStatistics : DispatchProxy
{
    private readonly Channel<ProcessReport> _reports = Channel.CreateUnbounded<ProcessReport>();
    private IStatisticsGrain? _grain;
    private ScriptedStatistics? _script;

    /// <summary>What comes of a report.</summary>
    public Func<ProcessReport, Task<bool>> Answer { get; set; } = _ => Task.FromResult(false);

    /// <summary>How many reports wait to be read by the test.</summary>
    public int Count => _reports.Reader.Count;

    public IGrainFactory Factory => (IGrainFactory)(object)this;

    public static ScriptedStatistics Create()
    {
        var script = (ScriptedStatistics)(object)Create<IGrainFactory, ScriptedStatistics>();
        script._grain = Create<IStatisticsGrain, ScriptedStatistics>();
        ((ScriptedStatistics)(object)script._grain)._script = script;
        return script;
    }

    /// <summary>The next report that reached the grain.</summary>
    public ValueTask<ProcessReport> NextAsync() => _reports.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The next report, if it has reached the grain.</summary>
    public bool TryNext([NotNullWhen(true)] out ProcessReport? report) => _reports.Reader.TryRead(out report);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_script is null)
        {
            return _grain;
        }

        var report = (ProcessReport)args![0]!;
        _script._reports.Writer.TryWrite(report);
        return _script.Answer(report);
    }
}
