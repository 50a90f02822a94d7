using Otp.Delivery;
using Otp.Fraud;
using Otp.Gateway.Admin;
using Otp.Members;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of the operators' calls.</summary>
internal static class AdminCalls
{
    private const string Email = "jane.doe@example.com";
    private const string Phone = "+442079460958";
    private const string Prefix = "+155501";

    private static readonly DateTimeOffset Now = new(2026, 3, 16, 14, 45, 2, TimeSpan.Zero);
    private static readonly Member Jane = new("CID-1001", Email, Phone, Channel.Email, "en-GB");

    public static readonly ApiCall PutMember = OfMember(
        "putMember",
        "Register or replace a member",
        "The whole member is replaced. An e-mail address belongs to one member of a program.",
        ApiAnswer.Of(200, "jane", "Replaced.", Jane),
        ApiAnswer.Of(201, "jane", "Created.", Jane),
        ApiAnswer.Error(409, MemberEndpoints.EmailTaken, "Another member has the e-mail address.")) with
    {
        Body = new ApiBody(
            "MemberRequest",
            "How a member is reached: at least one address, and one on the channel.",
            ["jane", "phone"],
            ApiField.Optional(MemberBody.EmailField, "An e-mail address.", Email, null),
            ApiField.Optional(MemberBody.PhoneField, "A phone number; a national one is read with the program's default region.", Phone, "+12025550143"),
            ApiField.Optional(MemberBody.ChannelField, "Which of both codes go to; by default `email` where there is one.", "email", null),
            ApiField.Optional(MemberBody.LocaleField, "Language tag of the messages.", "en-GB", null)),
    };

    public static readonly ApiCall GetMember = OfMember(
        "getMember",
        "Show a member",
        "What the program keeps of a member.",
        ApiAnswer.Of(200, "jane", "The member.", Jane),
        ApiAnswer.Error(404, MemberEndpoints.NotFound, "There is no such member."));

    public static readonly ApiCall DeleteMember = OfMember(
        "deleteMember",
        "Forget a member",
        "It is no error if there is none. What is remembered of its addresses stays: `POST /admin/targets/erase` forgets that.",
        ApiAnswer.Empty(204, "Forgotten."));

    public static readonly ApiCall InspectTarget = OfTarget(
        "inspectTarget",
        "Show what is remembered of a target",
        "Sends in each window, live codes without their digits, wrong guesses, lockout, how many sessions are open, and what became of the latest messages.",
        ApiAnswer.Of(200, "report", "The report.", new TargetReportAnswer(
            Channel.Email,
            [new WindowReport("hour", 5, TimeSpan.FromHours(1), 1, null), new WindowReport("day", 10, TimeSpan.FromDays(1), 1, null)],
            [new CodeReport(Purpose.Login, Now.AddMinutes(5), 3)],
            WrongGuesses: 0,
            LockedUntil: null,
            OpenSessions: 1,
            [new SendReport(Now, DeliveryState.Delivered, Reason: null, "mail")])));

    public static readonly ApiCall UnlockTarget = OfTarget(
        "unlockTarget",
        "Lift a lockout",
        "100 consecutive wrong guesses lock a target for 24 hours; this ends it.",
        ApiAnswer.Of(200, "unlocked", "Whether there was one.", new UnlockAnswer(WasLocked: true)));

    public static readonly ApiCall EraseTarget = OfTarget(
        "eraseTarget",
        "Forget a target",
        "All of it: codes, windows, lockout, customer and sessions. A member who has the address stays.",
        ApiAnswer.Empty(204, "Forgotten."));

    public static readonly ApiCall ListEvents = new(
        "listEvents",
        ApiDocument.Events,
        "Show the events that wait",
        "How many targets have events that the program's endpoint has not taken yet, and the events that are parked, the oldest 100 of them: the endpoint did not take them within a day, or answered 410.",
        ApiAnswer.Of(200, "parked", "The events.", new EventsAnswer(WaitingTargets: 3, Now.AddMinutes(5), ParkedEvents: 1, [new ParkedEventAnswer(
            "evt_5ff1b3b0e5e94a7f9b1c2d3e4f5a6b7c",
            "otp.verified",
            Now.AddDays(-1),
            Now.AddSeconds(269),
            "3f7a1c0d9e8b5a6f4c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b",
            "503")])));

    public static readonly ApiCall ReplayEvents = new(
        "replayEvents",
        ApiDocument.Events,
        "Post the parked events once more",
        "One after the other, the first parked first. One that the endpoint takes is parked no longer; `GET /admin/events` shows what is left.",
        ApiAnswer.Of(202, "replaying", "How many are posted.", new ReplayAnswer(ParkedEvents: 1)));

    public static readonly ApiCall ListPrefixes = new(
        "listBlockedPrefixes",
        ApiDocument.Prefixes,
        "List blocked prefixes",
        "The prefixes of phone numbers that the fraud guard blocks, the latest first, with what was counted when they were blocked: at most 1,000.",
        ApiAnswer.Of(200, "blocked", "The blocked prefixes.", new BlockedPrefixesAnswer([new BlockedPrefix(Prefix, Now, Now.AddHours(4), 104, 3)])));

    public static readonly ApiCall GetPrefix = OfPrefix(
        "getPrefix",
        "Show a prefix",
        "What the fraud guard counts of a prefix in the last hour.",
        ApiAnswer.Of(200, "prefix", "What is counted.", new PrefixAnswer(Prefix, 104, 3, Now.AddHours(4))));

    public static readonly ApiCall UnblockPrefix = OfPrefix(
        "unblockPrefix",
        "Lift a block",
        "Counting starts anew: the prefix has its whole budget again. It is no error if it is not blocked.",
        ApiAnswer.Empty(204, "Open."));

    private static ApiCall OfMember(string id, string summary, string description, params ApiAnswer[] answers)
    {
        var malformed = ApiAnswer.Error(422, MemberEndpoints.MalformedReference, "The path holds no RelationReference.");
        return new(id, ApiDocument.Members, summary, description, [.. answers, malformed]) { Parameters = [ApiParameters.RelationReference] };
    }

    private static ApiCall OfTarget(string id, string summary, string description, ApiAnswer answer)
    {
        var invalid = ApiAnswer.Error(400, TargetEndpoints.InvalidTarget, "The target is neither an e-mail address nor a phone number.");
        var target = ApiField.Required(TargetEndpoints.TargetField, "An e-mail address or a phone number.", Email, Phone);
        return new(id, ApiDocument.Targets, summary, description, answer, invalid with { Example = "invalid" })
        {
            Body = new ApiBody("TargetRequest", "One address.", ["email", "phone"], target),
        };
    }

    private static ApiCall OfPrefix(string id, string summary, string description, ApiAnswer answer)
    {
        var malformed = ApiAnswer.Error(422, PrefixEndpoints.Malformed, "The path holds no prefix.");
        return new(id, ApiDocument.Prefixes, summary, description, answer, malformed) { Parameters = [ApiParameters.Prefix] };
    }
}
