using System.Collections.Concurrent;

namespace Otp.OrleansAssumptions.Scripted;

/// <summary>
/// What scripted grains do, written in the test as closures, so that a scenario stands in one place. A service of the silo; works because
/// the silo of a test runs in its process.
/// </summary>
public sealed class Script
{
    private readonly ConcurrentDictionary<string, Func<ScriptedGrain, Task>> _steps = new(StringComparer.Ordinal);

    public Func<ScriptedGrain, DeactivationReason, Task> Deactivating { get; set; } = static (_, _) => Task.CompletedTask;

    public void On(string step, Func<ScriptedGrain, Task> action) => _steps[step] = action;

    public void On(string step, Action<ScriptedGrain> action) => _steps[step] = grain =>
    {
        action(grain);
        return Task.CompletedTask;
    };

    internal Task Run(string step, ScriptedGrain grain) => _steps[step](grain);
}
