using System.Collections.Concurrent;

namespace Otp.Conformance.Scripted;

/// <summary>
/// What scripted grains do, written in the test as closures: so that a scenario stands in one place, and a test can hold a grain
/// at any point and see what happens meanwhile. A service of the silo; works because the silos of a test cluster run in its process.
/// </summary>
public sealed class Script
{
    private readonly ConcurrentDictionary<string, Func<ScriptedGrain, CancellationToken, Task<string>>> _steps = new(StringComparer.Ordinal);

    /// <summary>Called by each constructor.</summary>
    public Action<ScriptedGrain> Constructing { get; set; } = _ => { };

    public Func<ScriptedGrain, Task> Activating { get; set; } = _ => Task.CompletedTask;

    public Func<ScriptedGrain, DeactivationReason, Task> Deactivating { get; set; } = (_, _) => Task.CompletedTask;

    public void On(string step, Func<ScriptedGrain, Task> action) =>
        _steps[step] = async (grain, _) =>
        {
            await action(grain);
            return string.Empty;
        };

    public void On(string step, Action<ScriptedGrain> action) =>
        _steps[step] = (grain, _) =>
        {
            action(grain);
            return Task.FromResult(string.Empty);
        };

    public void OnAsk(string step, Func<ScriptedGrain, Task<string>> answer) => _steps[step] = (grain, _) => answer(grain);

    public void OnAsk(string step, Func<ScriptedGrain, string> answer) => _steps[step] = (grain, _) => Task.FromResult(answer(grain));

    public void OnUntil(string step, Func<ScriptedGrain, CancellationToken, Task> action) =>
        _steps[step] = async (grain, token) =>
        {
            await action(grain, token);
            return string.Empty;
        };

    internal Task<string> Run(string step, ScriptedGrain grain, CancellationToken cancellationToken) => _steps[step](grain, cancellationToken);
}
