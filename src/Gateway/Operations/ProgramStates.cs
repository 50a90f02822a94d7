using System.Collections.Concurrent;
using Otp.Fraud;
using Otp.Gateway.Admin;

namespace Otp.Gateway.Operations;

/// <summary>How a program is now, which no figure of an hour tells.</summary>
/// <param name="Program">The program's id.</param>
/// <param name="Events">What its endpoint has not taken; null if it has no endpoint.</param>
/// <param name="Blocked">The prefixes that are blocked, the latest first; null if it has no guard.</param>
internal sealed record ProgramState(string Program, EventsAnswer? Events, ImmutableArray<BlockedPrefix>? Blocked);

/// <summary>
/// Reads programs' states while somebody asks for them: each program's once at a time, and once in <see cref="Interval"/>. Nobody waits for it.
/// </summary>
/// <param name="read">Reads the state of the program with this id.</param>
/// <param name="time">What the interval is measured by.</param>
internal sealed class ProgramStates(Func<string, Task<ProgramState>> read, TimeProvider time)
{
    /// <summary>The time from one reading of a program to the next. A state for which nobody has asked for as long is forgotten.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <summary>The program's state as it was read last; null if it was not read yet.</summary>
    public ProgramState? Find(string program)
    {
        var reading = _readings.GetOrAdd(program, static _ => new Reading());
        lock (reading)
        {
            var now = time.GetTimestamp();
            if (reading.AskedAt is { } asked && time.GetElapsedTime(asked, now) >= Interval)
            {
                reading.Latest = null;
            }

            reading.AskedAt = now;
            if (!reading.IsUnderWay && (reading.BegunAt is not { } begun || time.GetElapsedTime(begun, now) >= Interval))
            {
                (reading.IsUnderWay, reading.BegunAt) = (true, now);
                _ = ReadAsync(program, reading);
            }

            return reading.Latest;
        }
    }

    private async Task ReadAsync(string program, Reading reading)
    {
        await Task.Yield();
        ProgramState? state;
        try
        {
            state = await read(program);
        }
        catch (Exception)
        {
            // Whoever reads logs; what was read before holds.
            state = null;
        }

        lock (reading)
        {
            reading.Latest = state ?? reading.Latest;
            reading.IsUnderWay = false;
        }
    }

    private sealed class Reading
    {
        public ProgramState? Latest { get; set; }

        public bool IsUnderWay { get; set; }

        public long? AskedAt { get; set; }

        public long? BegunAt { get; set; }
    }
}
