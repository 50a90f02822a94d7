using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Otp.Programs;
using Otp.Storage;

namespace Otp.Events;

/// <summary>The services that all outboxes share.</summary>
public sealed class EventServices(
    ProgramCatalog programs, EventRecords records, EventSender sender, RecordStorage storage, TimeProvider time, RandomNumberGenerator random, ILogger<EventOutboxGrain> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    public EventRecords Records => records;

    public EventSender Sender => sender;

    public RecordStorage Storage => storage;

    public TimeProvider Time => time;

    public ILogger<EventOutboxGrain> Logger => logger;

    /// <summary>The program, while it has an endpoint; otherwise null.</summary>
    public OtpProgram? FindEndpoint(string programId) => programs.Current.Find(programId) is { Events: not null } program ? program : null;

    /// <summary>How long to wait after so many failures in a row: 1 s, doubled up to 10 minutes, of which a random share of up to a half is left out.</summary>
    public TimeSpan DelayAfter(int failures)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Min(failures - 1, 10));
        delay = delay < LongestDelay ? delay : LongestDelay;
        Span<byte> bits = stackalloc byte[1];
        random.GetBytes(bits);
        return delay - (delay / 2 * (bits[0] / 256.0));
    }
}
