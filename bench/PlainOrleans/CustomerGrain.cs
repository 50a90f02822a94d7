using Otp.Contract;
using Otp.Targets;

namespace Otp.PlainOrleans;

/// <summary>The customer behind one verified target; same key as the target's grain.</summary>
[Alias("plain.ICustomerGrain")]
public interface ICustomerGrain : IGrainWithStringKey
{
    [Alias("SignIn")]
    Task<Session> SignIn(SignInCommand command);
}

/// <summary>A proven target that wants a session.</summary>
[GenerateSerializer, Immutable, Alias("plain.SignInCommand")]
public sealed record SignInCommand([property: Id(0)] Target Target, [property: Id(1)] Proof Proof, [property: Id(2)] string? Name);

/// <summary>What is stored of one customer.</summary>
[GenerateSerializer, Alias("plain.CustomerState")]
public sealed class CustomerState
{
    [Id(0)]
    public string? Id { get; set; }

    [Id(1)]
    public byte[] SealedName { get; set; } = [];

    /// <summary>The ends of the sessions that may still be open, by their keys.</summary>
    [Id(2)]
    public Dictionary<string, DateTimeOffset> Sessions { get; set; } = [];
}

/// <summary>Finds or creates the customer and opens its sessions.</summary>
public sealed class CustomerGrain(
    [PersistentState("customer")] IPersistentState<CustomerState> record, CustomerSecrets secrets, TimeProvider time) : Grain, ICustomerGrain
{
    public async Task<Session> SignIn(SignInCommand command)
    {
        var key = this.GetPrimaryKeyString();
        var token = secrets.TokenFor(key, command.Proof);
        var session = CustomerSecrets.SessionKeyOf(token);
        var expiresAt = command.Proof.At + CustomerSecrets.SessionLifetime;
        var state = record.State;
        if (state.Sessions.TryAdd(session, expiresAt))
        {
            state.Id ??= secrets.NewId();
            state.SealedName = state.SealedName.Length > 0 ? state.SealedName : secrets.SealName(key, command.Name);
            foreach (var (closed, _) in state.Sessions.Where(open => open.Value <= time.GetUtcNow()).ToList())
            {
                state.Sessions.Remove(closed);
            }

            await record.WriteStateAsync();
        }

        var identity = secrets.IdentityOf(key, command.Target, command.Proof, state.Id!, state.SealedName);
        await GrainFactory.GetGrain<ISessionGrain>(session).Open(new SessionTicket(secrets.SealIdentity(token, session, identity), expiresAt));
        return new Session(token, identity);
    }
}
