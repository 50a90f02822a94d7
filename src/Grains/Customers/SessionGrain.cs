using System.Text.Json;
using Orleans.Otp.Storage;
using Orleans.Runtime;

namespace Orleans.Otp.Customers;

/// <summary>Keeps one session until it is over.</summary>
[GrainType("session")]
public sealed class SessionGrain(
    [PersistentState("state", StorageNames.Otp)] IPersistentState<SessionState> stored,
    TimeProvider time) : Grain, ISessionGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ForgetLater();
        return Task.CompletedTask;
    }

    public async Task Open(SessionTicket ticket)
    {
        if (stored.State.ExpiresAt != 0)
        {
            return;
        }

        try
        {
            stored.State = new SessionState
            {
                Program = ticket.Program,
                SealedIdentity = ticket.SealedIdentity,
                ExpiresAt = ticket.ExpiresAt.UtcTicks,
            };
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        ForgetLater();
    }

    public Task<Identity?> Read(SessionQuery query)
    {
        var state = stored.State;
        if (state.ExpiresAt <= time.GetUtcNow().UtcTicks || state.Program != query.Program)
        {
            if (state.ExpiresAt == 0)
            {
                DeactivateOnIdle();
            }

            return Task.FromResult<Identity?>(null);
        }

        var plain = Seal.Open(Seal.KeyFrom(query.SessionToken), state.SealedIdentity, this.GetPrimaryKeyString());
        return Task.FromResult(JsonSerializer.Deserialize(plain, StateJson.Default.Identity));
    }

    private void ForgetLater()
    {
        if (stored.State.ExpiresAt != 0)
        {
            var due = TimeSpan.FromTicks(Math.Max(0, stored.State.ExpiresAt - time.GetUtcNow().UtcTicks));
            this.RegisterGrainTimer(Forget, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan));
        }
    }

    private async Task Forget(CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        await stored.ClearStateAsync(cancellationToken);
    }
}
