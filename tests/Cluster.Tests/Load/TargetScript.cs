using System.Net;

namespace Otp.Cluster.Load;

/// <summary>Everything that is asked of one target, one act after the other, chosen at random but for the worth of it; each answer is checked.</summary>
/// <param name="target">The target.</param>
/// <param name="rules">The rules of its program.</param>
/// <param name="usesVerify">Whether codes go out by the Verify surface, and are guessed by it or the other.</param>
/// <param name="client">Makes the calls.</param>
/// <param name="results">Where answers and broken promises are counted.</param>
/// <param name="random">What is chosen by.</param>
internal sealed partial class TargetScript(
    string target, Rules rules, bool usesVerify, LoadClient client, LoadResults results, Random random)
{
    private const int Acts = 40;

    private readonly TargetModel _model = new(rules);
    private readonly Story _story = new();
    private readonly RecentOperations _recent = new();
    private readonly List<string> _known = [];
    private readonly Dictionary<string, string?> _verifications = new(StringComparer.Ordinal);
    private string? _session;
    private string? _customer;
    private int _acts;
    private int _keys;
    private bool _isBroken;

    /// <summary>Whether nothing more is to be asked: the script is at its end, or a promise was broken and nobody knows what is right now.</summary>
    public bool IsOver => _isBroken || _acts >= Acts;

    /// <summary>The next act.</summary>
    public Task ActAsync()
    {
        _acts++;
        var dice = random.Next(100);
        if (_model.Candidates.Count == 0)
        {
            return dice switch
            {
                < 55 => SendAsync(),
                < 65 => SendRaceAsync(2 + random.Next(5)),
                < 75 => GuessAsync(StaleOrWrong(), "stale"),
                < 85 => CheckSessionAsync(),
                < 95 => RepeatAsync(),
                _ => MisuseAsync(),
            };
        }

        return dice switch
        {
            < 20 => GuessAsync(_model.Candidates.First(), "right"),
            < 25 => RightRaceAsync(2 + random.Next(3)),
            < 50 => GuessAsync(Wrong(), "wrong"),
            < 55 => WrongRaceAsync(2 + random.Next(3)),
            < 60 => GuessAsync(StaleOrWrong(), "stale"),
            < 80 => SendAsync(),
            < 83 => SendRaceAsync(2 + random.Next(3)),
            < 95 => RepeatAsync(),
            _ => MisuseAsync(),
        };
    }

    private async Task<OtpAnswer[]> AskAsync(string what, OtpCall call, params IEnumerable<string> keys)
    {
        var answers = await Task.WhenAll(keys.Select(key => client.CallAsync(rules.Client, call, key)));
        Note(call.Kind, what, answers);
        return answers;
    }

    // Calls that are no two alike, made at once.
    private async Task<OtpAnswer[]> AskAllAsync(string what, OtpCall[] calls)
    {
        var answers = await Task.WhenAll(calls.Select(call => client.CallAsync(rules.Client, call, NewKey())));
        Note(calls[0].Kind, what, answers);
        return answers;
    }

    private void Note(string kind, string what, IReadOnlyList<OtpAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _story.Tell(what, answer);
        }

        foreach (var answer in answers)
        {
            if (results.Count(kind, answer) is { } fault)
            {
                Violate(fault, answer.At);
            }

            // What nobody answered may have happened or not.
            _isBroken |= answer.Status is OtpAnswer.None or HttpStatusCode.ServiceUnavailable;
        }
    }

    private void Violate(string what, Interval at)
    {
        _isBroken = true;
        results.Violate(what, target, _story, at);
    }

    private void Demand(bool holds, string otherwise, Interval at)
    {
        if (!holds && !_isBroken)
        {
            Violate(otherwise, at);
        }
    }

    private string NewKey() => $"{target}/{++_keys}";

    // Now and then the same request is made twice at once.
    private string[] Copies(string key) => random.Next(8) == 0 ? [key, key] : [key];

    private OtpCall NewSend() => usesVerify ? OtpCall.Start(target, Wrong()) : OtpCall.Send(target);

    private OtpCall Guess(string code) => usesVerify && random.Next(3) > 0 ? OtpCall.Check(target, code) : OtpCall.Verify(target, code);

    private string Wrong()
    {
        string code;
        do
        {
            code = $"{random.Next(1_000_000):000000}";
        }
        while (_known.Contains(code));
        return code;
    }

    // A code that was replaced or used, if there is one.
    private string StaleOrWrong() =>
        _known.Where(code => !_model.Candidates.Contains(code)).OrderBy(_ => random.Next()).FirstOrDefault() ?? Wrong();
}
