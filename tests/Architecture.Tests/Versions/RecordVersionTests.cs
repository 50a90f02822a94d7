using System.Text.Json.Nodes;
using Otp.Customers;
using Otp.Delivery;
using Otp.Events;
using Otp.Fraud;
using Otp.Members;
using Otp.Storage;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Architecture.Versions;

/// <summary>What an earlier version stored must be read, for as long as its records live; and what this version stores is what the newest file says.</summary>
public sealed class RecordVersionTests
{
    private const string File = "records.json";

    private static readonly StateSerializer Serializer = new();

    private static readonly LiveCode Code = new(Purpose.Login, Number(1), KeyId: 4_000_000_000, Length: 6, ExpiresAt: 638_000_003_000_000_000, Attempts: 2);

    private static readonly PendingEvent Event = new(EventType.Locked, 638_000_000_100_000_000, Purpose.Login, Number(1))
    {
        Channel = VerificationChannel.Call,
        Reason = "unreachable",
        LockedUntil = 638_000_900_000_000_000,
        Sealed = "AQID/w==",
    };

    // A value in each member.
    private static readonly TargetState Target = new()
    {
        Sends = [638_000_000_000_000_000, 638_000_000_100_000_000],
        Codes =
        [
            Code with
            {
                IsWithdrawn = true,
                Offset = 999_999,
                CountedIn = 1_063_333_333,
                Resends = 3,
                Verification = new LiveVerification([new SentMessage(638_000_000_000_000_000, VerificationChannel.Sms)], ulong.MaxValue, [1, 2, 3, 255]),
            },
        ],
        Operations =
        [
            new CompletedOperation(Number(2), ulong.MaxValue, 638_000_000_000_000_000, OperationResult.Sent, Number(1))
            {
                Redeliveries = 2,
                FailedDeliveries = 1,
                Earlier = Code,
                RepeatsCode = true,
                Report = new MessageReport(DeliveryState.Undelivered, "sms", Delivery: 2, UndeliveredReason.Expired),
                HandOver = [1, 2, 3, 255],
            },
            new CompletedOperation(Number(3), 0, 638_000_000_100_000_000, OperationResult.WrongCode, Guid.Empty),
        ],
        WrongGuesses = 7,
        LastWrongGuess = 638_000_000_100_000_000,
        LockedUntil = 638_000_900_000_000_000,
        Customer = new Customer("0123456789abcdef01234567", [1, 2, 3, 255], 638_000_000_000_000_000, 638_000_000_100_000_000, [new OpenSession(Number(4), 638_000_000_100_000_000, 638_000_900_000_000_000)]),
        Outbox = new EventOutbox(638_000_000_200_000_000, [Event, new PendingEvent(EventType.Erased, 638_000_000_200_000_000)]),
    };

    private static readonly Dictionary<string, Func<JsonNode?, JsonNode?>> Kinds = new(StringComparer.Ordinal)
    {
        ["target"] = Rewrite<TargetState>,
        ["target without anything"] = Rewrite<TargetState>,
        ["customer, sealed in a target"] = Rewrite<CustomerDetails>,
        ["verification, sealed in a target"] = Rewrite<VerificationDetails>,
        ["message to hand over, sealed in a target"] = Rewrite<HandOverDetails>,
        ["verification"] = Rewrite<VerificationState>,
        ["targets with events"] = Rewrite<ExpectedState>,
        ["parked events"] = Rewrite<ParkedState>,
        ["member"] = Rewrite<MemberState>,
        ["member, sealed in its record"] = Rewrite<Member>,
        ["e-mail address of a member"] = Rewrite<MemberEmailState>,
        ["prefix"] = Rewrite<PrefixState>,
        ["prefix without anything"] = Rewrite<PrefixState>,
        ["blocked prefixes"] = Rewrite<BlockedPrefixesState>,
    };

    private static readonly JsonObject Now = new()
    {
        ["target"] = Write(Target),
        ["target without anything"] = Write(TargetState.Empty),
        ["customer, sealed in a target"] = Write(new CustomerDetails(Channel.Phone, "+442079460114", "Jane")),
        ["verification, sealed in a target"] = Write(new VerificationDetails(Channel.Phone, "+442079460114", "39.99", "Acme")),
        ["message to hand over, sealed in a target"] = Write(
            new HandOverDetails(Channel.Phone, "+442079460114", "pt-BR", VerificationChannel.Call, "Acme", "39.99", "Acme Ltd")),
        ["verification"] = Write(new VerificationState { TargetKey = "19:abc", Until = 638_000_900_000_000_000 }),
        ["targets with events"] = Write(new ExpectedState { Targets = ["19:abc"], Segments = [Number(5)] }),
        ["parked events"] = Write(new ParkedState { Events = [new ParkedEvent("19:abc", Event, 638_000_900_000_000_000, "503")] }),
        ["member"] = Write(new MemberState { Sealed = [1, 2, 3, 255], WrittenAt = 638_000_000_000_000_000 }),
        ["member, sealed in its record"] = Write(new Member("CID-1001", "jane@example.com", "+442079460114", Channel.Phone, "pt-BR")),
        ["e-mail address of a member"] = Write(new MemberEmailState { Owner = "19/abc", WrittenAt = 638_000_000_000_000_000 }),
        ["prefix"] = Write(new PrefixState
        {
            Minutes = [new PrefixMinute(1_063_333_333, Sends: 9, Conversions: 4)],
            Leased = 7,
            LeasedUntil = 1_063_333_394,
            BlockedUntil = 638_000_900_000_000_000,
        }),
        ["prefix without anything"] = Write(PrefixState.Empty),
        ["blocked prefixes"] = Write(new BlockedPrefixesState { Blocked = [new BlockedPrefix("+155501", Instant(0), Instant(4), Sends: 104, Conversions: 3)] }),
    };

    public static TheoryData<string, string> Stored =>
        [.. VersionFiles.Of(File).SelectMany(version => VersionFiles.Read(version, File).Select(record => (version, record.Key)))];

    [Theory]
    [MemberData(nameof(Stored))]
    public void Record_of_an_earlier_version_is_read_with_all_that_it_holds(string version, string kind)
    {
        var stored = VersionFiles.Read(version, File)[kind];

        Assert.True(Holds(Kinds[kind](stored), stored), "Something that was stored is lost.");
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void What_a_later_version_adds_to_a_record_does_not_keep_this_one_from_reading_it(string version, string kind)
    {
        var stored = VersionFiles.Read(version, File)[kind]!.AsObject();
        var later = stored.DeepClone().AsObject();
        later["zz"] = new JsonObject { ["a"] = new JsonArray(1, "b", null) };

        Assert.True(JsonNode.DeepEquals(Kinds[kind](stored), Kinds[kind](later)), "Something else is read.");
    }

    [Fact]
    public void Newest_version_has_every_record_as_it_is_written_now()
    {
        VersionFiles.WriteNew(File, Now);

        var newest = VersionFiles.Read(VersionFiles.Of(File)[^1], File);

        Assert.Equal(Kinds.Keys, newest.Select(record => record.Key));
        Assert.All(newest, record => Assert.True(JsonNode.DeepEquals(Now[record.Key], record.Value), $"'{record.Key}' has changed: see CONTRIBUTING, A change."));
    }

    private static DateTimeOffset Instant(int hour) => new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero);

    private static Guid Number(int number) => new(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    private static JsonNode? Write<T>(T record) => JsonNode.Parse(Serializer.Serialize(record).ToString());

    private static JsonNode? Rewrite<T>(JsonNode? record) => Write(Serializer.Deserialize<T>(BinaryData.FromString(record!.ToJsonString())));

    // A later version may write members that were not stored.
    private static bool Holds(JsonNode? written, JsonNode? stored) => (written, stored) switch
    {
        (JsonObject w, JsonObject s) => s.All(member => w.TryGetPropertyValue(member.Key, out var value) && Holds(value, member.Value)),
        (JsonArray w, JsonArray s) => w.Count == s.Count && w.Zip(s).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(written, stored),
    };
}
