namespace Otp.Events;

/// <summary>
/// Delivers the events of a share of a program's targets: it knows durably which of them may have some, fetches these from the targets and
/// posts them to the program's endpoint. <see cref="EventShards"/> makes the key.
/// </summary>
[Alias("otp.IEventOutboxGrain")]
public interface IEventOutboxGrain : IGrainWithStringKey
{
    /// <summary>Notes durably that a target may have events, and begins to deliver them.</summary>
    /// <param name="targetKey">The key of the target's grain.</param>
    [Alias("Expect")]
    Task Expect(string targetKey);

    /// <summary>Goes on with what waits: the silo that did so before may be lost.</summary>
    [Alias("Wake")]
    Task Wake();

    /// <summary>Forgets the parked events of a target.</summary>
    [Alias("Forget")]
    Task Forget(string targetKey);

    /// <summary>Tells an operator what waits and what is parked.</summary>
    [Alias("Report")]
    Task<EventOutboxReport> Report();

    /// <summary>Begins to post every parked event once more. One that the endpoint takes is parked no longer.</summary>
    /// <returns>How many are parked.</returns>
    [Alias("Replay")]
    Task<int> Replay();
}
