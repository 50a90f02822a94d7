namespace Otp.PlainOrleans;

/// <summary>One session; the key is made from its token.</summary>
[Alias("plain.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    [Alias("Open")]
    Task Open(SessionTicket ticket);
}

/// <summary>A session: whose it is, encrypted under its token, and its end.</summary>
[GenerateSerializer, Immutable, Alias("plain.SessionTicket")]
public sealed record SessionTicket([property: Id(0)] byte[] SealedIdentity, [property: Id(1)] DateTimeOffset ExpiresAt);

/// <summary>What is stored of one session.</summary>
[GenerateSerializer, Alias("plain.SessionState")]
public sealed class SessionState
{
    [Id(0)]
    public SessionTicket? Ticket { get; set; }
}

/// <summary>Keeps one session.</summary>
public sealed class SessionGrain([PersistentState("session")] IPersistentState<SessionState> record) : Grain, ISessionGrain
{
    public async Task Open(SessionTicket ticket)
    {
        if (record.State.Ticket is null)
        {
            record.State.Ticket = ticket;
            await record.WriteStateAsync();
        }
    }
}
