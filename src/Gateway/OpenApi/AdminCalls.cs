using Otp.Delivery;
using Otp.Gateway.Admin;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of the operators' calls.</summary>
internal static class AdminCalls
{
    private const string Email = "jane.doe@example.com";
    private const string Phone = "+442079460958";

    private static readonly MemberAnswer Jane = new("CID-1001", Email, Phone, Channel.Email, "en-GB");

    private static readonly ApiAnswer MalformedReference =
        ApiAnswer.Error(422, MemberEndpoints.MalformedReference, "The path holds no RelationReference.");

    private static readonly ApiAnswer InvalidTarget =
        ApiAnswer.Error(400, TargetEndpoints.InvalidTarget, "The target is neither an e-mail address nor a phone number.") with { Example = "invalid" };

    private static readonly ApiBody Target = new(
        "TargetRequest",
        "One address.",
        ["email", "phone"],
        ApiField.Required(TargetEndpoints.TargetField, "An e-mail address or a phone number.", Email, Phone));

    public static readonly ApiCall PutMember = new(
        "putMember", ApiDocument.Members, "Register or replace a member", "The whole member is replaced. An e-mail address belongs to one member of a program.")
    {
        Parameters = [ApiParameters.RelationReference],
        Body = new ApiBody(
            "MemberRequest",
            "How a member is reached: at least one address, and one on the channel.",
            ["jane", "phone"],
            ApiField.Optional(MemberBody.EmailField, "An e-mail address.", Email, null),
            ApiField.Optional(MemberBody.PhoneField, "A phone number; a national one is read with the program's default region.", Phone, "+12025550143"),
            ApiField.Optional(MemberBody.ChannelField, "Which of both codes go to; by default `email` where there is one.", "email", null),
            ApiField.Optional(MemberBody.LocaleField, "Language tag of the messages.", "en-GB", null)),
        Answers =
        [
            ApiAnswer.Of(200, "jane", "Replaced.", Jane),
            ApiAnswer.Of(201, "jane", "Created.", Jane),
            ApiAnswer.Error(409, MemberEndpoints.EmailTaken, "Another member has the e-mail address."),
            MalformedReference,
        ],
    };

    public static readonly ApiCall GetMember = new("getMember", ApiDocument.Members, "Show a member", "What the program keeps of a member.")
    {
        Parameters = [ApiParameters.RelationReference],
        Answers =
        [
            ApiAnswer.Of(200, "jane", "The member.", Jane),
            ApiAnswer.Error(404, MemberEndpoints.NotFound, "There is no such member."),
            MalformedReference,
        ],
    };

    public static readonly ApiCall DeleteMember = new(
        "deleteMember",
        ApiDocument.Members,
        "Forget a member",
        "It is no error if there is none. What is remembered of its addresses stays: `POST /admin/targets/erase` forgets that.")
    {
        Parameters = [ApiParameters.RelationReference],
        Answers = [ApiAnswer.Empty(204, "Forgotten."), MalformedReference],
    };

    public static readonly ApiCall InspectTarget = new(
        "inspectTarget",
        ApiDocument.Targets,
        "Show what is remembered of a target",
        "Sends in each window, live codes without their digits, wrong guesses, lockout, how many sessions are open, and what became of the latest messages.")
    {
        Body = Target,
        Answers =
        [
            ApiAnswer.Of(
                200,
                "report",
                "The report.",
                new TargetReportAnswer(
                    Channel.Email,
                    [new WindowReport("hour", 5, TimeSpan.FromHours(1), 1, null), new WindowReport("day", 10, TimeSpan.FromDays(1), 1, null)],
                    [new CodeReport(Purpose.Login, new(2026, 3, 16, 14, 50, 2, TimeSpan.Zero), 3)],
                    WrongGuesses: 0,
                    LockedUntil: null,
                    OpenSessions: 1,
                    [new SendReport(new(2026, 3, 16, 14, 45, 2, TimeSpan.Zero), DeliveryState.Delivered, Reason: null, "mail")])),
            InvalidTarget,
        ],
    };

    public static readonly ApiCall UnlockTarget = new(
        "unlockTarget", ApiDocument.Targets, "Lift a lockout", "100 consecutive wrong guesses lock a target for 24 hours; this ends it.")
    {
        Body = Target,
        Answers = [ApiAnswer.Of(200, "unlocked", "Whether there was one.", new UnlockAnswer(WasLocked: true)), InvalidTarget],
    };

    public static readonly ApiCall EraseTarget = new(
        "eraseTarget",
        ApiDocument.Targets,
        "Forget a target",
        "All of it: codes, windows, lockout, customer and sessions. A member who has the address stays.")
    {
        Body = Target,
        Answers = [ApiAnswer.Empty(204, "Forgotten."), InvalidTarget],
    };

    public static readonly ApiCall ListEvents = new(
        "listEvents",
        ApiDocument.Events,
        "Show the events that wait",
        "How many targets have events that the program's endpoint has not taken yet, and the events that are parked, the oldest 100 of them: the endpoint did not take them within a day, or answered 410.")
    {
        Answers =
        [
            ApiAnswer.Of(
                200,
                "parked",
                "The events.",
                new EventsAnswer(
                    WaitingTargets: 3,
                    new(2026, 3, 16, 14, 50, 2, TimeSpan.Zero),
                    ParkedEvents: 1,
                    [
                        new ParkedEventAnswer(
                            "evt_5ff1b3b0e5e94a7f9b1c2d3e4f5a6b7c",
                            "otp.verified",
                            new(2026, 3, 15, 14, 45, 2, TimeSpan.Zero),
                            new(2026, 3, 16, 14, 49, 31, TimeSpan.Zero),
                            "3f7a1c0d9e8b5a6f4c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b",
                            "503"),
                    ])),
        ],
    };

    public static readonly ApiCall ReplayEvents = new(
        "replayEvents",
        ApiDocument.Events,
        "Post the parked events once more",
        "One after the other, the first parked first. One that the endpoint takes is parked no longer; `GET /admin/events` shows what is left.")
    {
        Answers = [ApiAnswer.Of(202, "replaying", "How many are posted.", new ReplayAnswer(ParkedEvents: 1))],
    };
}
