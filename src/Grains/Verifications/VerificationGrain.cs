using System.Text.Json.Serialization;
using Otp.Storage;

namespace Otp.Verifications;

/// <summary>Keeps where a verification's SID leads. Nothing in it changes but its end: a code that goes out again keeps its SID.</summary>
/// <remarks>Most callers check by target, and never ask for it again: so it leaves memory soon, and the record stays.</remarks>
[CollectionAgeLimit(Minutes = 2)]
[GrainType(TypeName)]
public sealed class VerificationGrain(RecordStorage storage, TimeProvider time) : Grain, IVerificationGrain
{
    public const string TypeName = "verification";

    private StoredRecord<VerificationState> _record = null!;
    private bool _isForgotten;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new StoredRecord<VerificationState>(storage, this.GetGrainId(), VerificationState.Empty, static state => state.Until);
        return Task.CompletedTask;
    }

    public async Task Remember(string targetKey, DateTimeOffset until)
    {
        // The target was erased between its send and this call: nothing may be left of it. A SID is never given out twice.
        if (_isForgotten)
        {
            return;
        }

        var state = new VerificationState { TargetKey = targetKey, Until = until.UtcTicks };
        while (!await _record.TryCommitAsync(state == _record.State ? null : state))
        {
            // Another write came first, or the record was not read yet.
        }
    }

    public async Task<string?> Find()
    {
        await _record.EnsureCurrentAsync();
        return _record.State.Until >= time.GetUtcNow().UtcTicks ? _record.State.TargetKey : null;
    }

    public async Task Forget()
    {
        _isForgotten = true;
        await _record.ReadAsync();
        if (_record.RecordExists)
        {
            await _record.ClearAsync();
        }

        _record.State = VerificationState.Empty;
    }
}

/// <summary>Where a SID leads. Member names in storage never change.</summary>
public sealed record VerificationState
{
    public static readonly VerificationState Empty = new();

    /// <summary>The key of the target's grain; empty where there is none.</summary>
    [JsonPropertyName("k")]
    public string TargetKey { get; init; } = "";

    /// <summary>The last instant at which it is asked for, in UTC ticks.</summary>
    [JsonPropertyName("e")]
    public long Until { get; init; }
}
