using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Otp.Keys;
using Otp.Programs;
using Otp.Targets;
using Otp.Telemetry;
using Otp.Verifications;

namespace Otp.Events;

/// <summary>Puts events into a target's state, and makes of a stored event what its endpoint is told.</summary>
public sealed class EventRecords(ServiceKeys keys, VerificationIndex verifications, Seal seal)
{
    private const int IdBytes = 16;

    private readonly KeyedHash _ids = new(keys.Event);

    /// <summary>The state with those of the events that the program's endpoint is told of.</summary>
    /// <param name="program">The program.</param>
    /// <param name="grainKey">The key of the target's grain.</param>
    /// <param name="state">The state after the decision.</param>
    /// <param name="events">The events of the decision.</param>
    /// <param name="target">The target; null where the act does not say it.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public TargetState Add(OtpProgram program, string grainKey, TargetState state, ImmutableArray<PendingEvent> events, Target? target, long now)
    {
        if (program.Events is not { } endpoint)
        {
            return state;
        }

        var outbox = state.Outbox ?? EventOutbox.Empty;
        foreach (var added in events)
        {
            if (endpoint.Tells(added.Type))
            {
                if (outbox.IsFull)
                {
                    EventMetrics.CountDropped(program.Id);
                }

                outbox = outbox.Add(endpoint.IncludeTarget && target is not null ? added with { Sealed = Close(target, grainKey) } : added, now);
            }
        }

        return ReferenceEquals(outbox, state.Outbox ?? EventOutbox.Empty) ? state : state with { Outbox = outbox };
    }

    /// <summary>The event's id: the same whenever it is posted, and different from every other event's.</summary>
    public string IdOf(string targetKey, PendingEvent posted)
    {
        Span<byte> input = stackalloc byte[GrainKeys.DigestSize + sizeof(long)];
        GrainKeys.CopyDigest(targetKey, input);
        BinaryPrimitives.WriteInt64LittleEndian(input[GrainKeys.DigestSize..], posted.At);
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        _ids.Compute(input, hash);
        return string.Concat("evt_", Convert.ToHexStringLower(hash[..IdBytes]));
    }

    /// <summary>The keyed hash of a target that events name it by.</summary>
    public static string SubjectOf(string targetKey)
    {
        Span<byte> digest = stackalloc byte[GrainKeys.DigestSize];
        GrainKeys.CopyDigest(targetKey, digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>What the endpoint is told: the same bytes whenever it is posted, as far as this version decides it.</summary>
    public byte[] BodyOf(string targetKey, PendingEvent posted)
    {
        var data = new JsonObject
        {
            ["program"] = TargetIndex.ProgramOf(targetKey),
            ["subject"] = SubjectOf(targetKey),
            ["sequence"] = (posted.At - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        };
        if (posted.Sealed is { } box)
        {
            data["target"] = Encoding.UTF8.GetString(Seal.Open(keys.EventTarget, ImmutableCollectionsMarshal.AsImmutableArray(Convert.FromBase64String(box)), targetKey));
        }

        if (posted.Type != EventType.Erased)
        {
            data["purpose"] = posted.Purpose.ToString();
            data["verification"] = verifications.SidOf(posted.Nonce);
        }

        if (posted.Channel is { } channel)
        {
            data["channel"] = channel switch
            {
                VerificationChannel.Email => "email",
                VerificationChannel.Sms => "phone",
                VerificationChannel.Call => "call",
                VerificationChannel.WhatsApp => "whatsapp",
            };
        }

        if (posted.Reason is { } reason)
        {
            data["reason"] = reason;
        }

        if (posted.LockedUntil != 0)
        {
            data["lockedUntil"] = Instant(posted.LockedUntil);
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["type"] = EventTypes.NameOf(posted.Type), ["timestamp"] = Instant(posted.At), ["data"] = data }.ToJsonString());
    }

    private static string Instant(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private string Close(Target target, string grainKey) =>
        Convert.ToBase64String(seal.Close(keys.EventTarget, Encoding.UTF8.GetBytes(target.Value), grainKey).AsSpan());
}
