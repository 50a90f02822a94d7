using System.Text.Json;
using Otp.Storage;

namespace Otp.Customers;

/// <summary>Stores one session until it ends.</summary>
[GrainType("session")]
public sealed class SessionGrain(RecordStorage storage, TimeProvider time) : Grain, ISessionGrain
{
    private StoredRecord<SessionState> _record = null!;
    private bool _forgets;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new StoredRecord<SessionState>(storage, this.GetGrainId(), SessionState.Empty, static state => state.ExpiresAt);
        return Task.CompletedTask;
    }

    public async Task Open(SessionTicket ticket)
    {
        var opened = new SessionState
        {
            Program = ticket.Program,
            SealedIdentity = ticket.SealedIdentity,
            ExpiresAt = ticket.ExpiresAt.UtcTicks,
        };
        while (!await _record.TryCommitAsync(_record.State.ExpiresAt == 0 ? opened : null))
        {
            // Another activation has opened it.
        }

        ForgetLater();
    }

    public async Task<Identity?> Read(SessionQuery query)
    {
        await _record.EnsureCurrentAsync();
        ForgetLater();
        var state = _record.State;
        if (state.ExpiresAt <= time.GetUtcNow().UtcTicks || state.Program != query.Program)
        {
            return null;
        }

        var plain = Seal.Open(Seal.KeyFrom(query.SessionToken), state.SealedIdentity, this.GetPrimaryKeyString());
        return JsonSerializer.Deserialize(plain, StateJson.Default.Identity);
    }

    public async Task Close()
    {
        await _record.ReadAsync();
        await Forget(CancellationToken.None);
    }

    private void ForgetLater()
    {
        if (_record.State.ExpiresAt == 0)
        {
            DeactivateOnIdle();
        }
        else if (!_forgets)
        {
            var due = TimeSpan.FromTicks(Math.Max(0, _record.State.ExpiresAt - time.GetUtcNow().UtcTicks));
            this.RegisterGrainTimer(Forget, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan));
            _forgets = true;
        }
    }

    private async Task Forget(CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        if (_record.RecordExists)
        {
            await _record.ClearAsync();
        }
    }
}
