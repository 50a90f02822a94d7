using Otp.Bench.Comparison.Load;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison;

/// <summary>One system doing every kind of work once.</summary>
internal sealed class Round(SystemUnderTest system, RedisServer redis, string token, TargetNumbers numbers, int connections)
{
    private const string SendPath = "/v2/giftcards/customers/otp/send";
    private const string VerifyPath = "/v2/giftcards/customers/otp/verify";
    private const string Target = "bench.##########@example.com";
    private const string SendBody = $$"""{"target":"{{Target}}"}""";
    private const string VerifyBody = $$"""{"target":"{{Target}}","code":"??????","name":"Jane Doe"}""";

    private const string MemberVerifyPath = "/lbms-ingress/member/api/Member/VerifyOTP";
    private const string MemberVerifyBody =
        $$"""{"UniquerefID":"{{Target}}","OTP":??????,"DestinationAddress":"127.0.0.1","Destination":"Web","OtpType":"NONE","ProgramId":19,"RelationType":4}""";

    /// <summary>Sends that a window of an hour allows.</summary>
    private const int SendsAllowed = 5;

    /// <summary>Guesses that are compared with one code.</summary>
    private const int GuessesAllowed = 3;

    /// <summary>How many targets the refusals and the replays go round.</summary>
    private const int RepeatTargets = 2_000;

    /// <summary>Not measured: a system that stood still while the others ran has given memory and threads back.</summary>
    private static readonly TimeSpan WakeUp = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PreparationLimit = TimeSpan.FromMinutes(1);

    private readonly Meter _meter = new(system, redis);

    /// <summary>A send to the target of a number.</summary>
    public static RequestTemplate SendTemplate(string token) => new(token, SendPath, SendBody);

    public async Task<List<Measurement>> RunAsync(TimeSpan duration)
    {
        using var load = new LoadGenerator(system.Port, connections);
        var send = SendTemplate(token);
        load.Run(new NewTargetWork(send, numbers), WakeUp);
        var sends = new NewTargetWork(send, numbers);
        List<Measurement> measurements = [await _meter.MeasureAsync(load, sends, duration)];
        if (system.Kind == SystemKind.Echo)
        {
            return measurements;
        }

        var verify = new RequestTemplate(token, VerifyPath, VerifyBody);
        var memberVerify = new RequestTemplate(token, MemberVerifyPath, MemberVerifyBody);
        var third = sends.Codes.Count / 3;
        measurements.Add(await MeasureAsync(new GuessWork("wrong verify", verify, [.. sends.Codes.Take(third)], right: false, GuessesAllowed)));
        measurements.Add(await MeasureAsync(new GuessWork("right verify", memberVerify, [.. sends.Codes.Skip(third).Take(third)], right: true, guesses: 1)));
        measurements.Add(await MeasureAsync(
            new GuessWork("right verify, customer and session", verify, [.. sends.Codes.Skip(2 * third)], right: true, guesses: 1)));

        var full = Prepare(load, send);
        load.Run(new RepeatWork("send again", send, full, 200, SendsAllowed - 1), PreparationLimit);
        measurements.Add(await MeasureAsync(new RepeatWork("refusal", send, full, 429)));

        var named = new RequestTemplate(token, SendPath, SendBody, "bench-##########");
        measurements.Add(await MeasureAsync(new RepeatWork("replay", named, Prepare(load, named), 200)));
        return measurements;

        Task<Measurement> MeasureAsync(Work work) => _meter.MeasureAsync(load, work, duration);
    }

    private IReadOnlyList<SentCode> Prepare(LoadGenerator load, RequestTemplate template)
    {
        var sends = new NewTargetWork(template, numbers, RepeatTargets);
        load.Run(sends, PreparationLimit);
        return sends.Codes;
    }
}
