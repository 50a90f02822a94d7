using System.Net;

namespace Otp.Cluster.Load;

internal sealed partial class TargetScript
{
    private async Task SendAsync()
    {
        var (key, call) = (NewKey(), NewSend());
        var answers = await AskAsync($"{call.Kind} {key}", call, Copies(key));
        var at = Interval.Over([.. answers.Select(a => a.At)]);
        var accepted = CheckSends(answers, at, effects: 1);
        if (accepted.Count == 0 || _isBroken)
        {
            return;
        }

        Demand(accepted.All(a => a.Code is not null && a.Repeats(accepted[0])), "one key was answered in two ways", at);
        if (!_isBroken)
        {
            _model.Sent([at], [accepted[0].Code!]);
            Learn(accepted);
            _recent.Add(new(call, key, accepted[0]));
        }
    }

    private async Task SendRaceAsync(int count)
    {
        var answers = await AskAllAsync("send, in a race", [.. Enumerable.Range(0, count).Select(_ => NewSend())]);
        var accepted = CheckSends(answers, Interval.Over([.. answers.Select(a => a.At)]), count);
        if (accepted.Count == 0 || _isBroken)
        {
            return;
        }

        // A repeat after another send has replaced its code tells none.
        string[] codes = [.. accepted.Select(a => a.Code).OfType<string>()];
        Demand(codes.Length > 0, "sends were accepted, but no code is alive", accepted[0].At);
        _model.Sent([.. accepted.Select(a => a.At)], codes);
        Learn(accepted);
        _recent.Clear();
    }

    private void Learn(IEnumerable<OtpAnswer> sends)
    {
        foreach (var send in sends.Where(send => send.Code is not null))
        {
            _known.Add(send.Code!);
            _verifications[send.Code!] = send.VerificationSid;
        }
    }

    private List<OtpAnswer> CheckSends(OtpAnswer[] answers, Interval at, int effects)
    {
        var (least, most) = _model.ExpectSends(effects, at);
        var accepted = answers.Where(a => a.IsAccepted).ToList();
        var refused = answers.Where(a => !a.IsAccepted && !a.IsUndelivered).ToList();
        if (accepted.Count + refused.Count < answers.Length)
        {
            // What was not delivered is remembered in the place of something else.
            _recent.Clear();
            least = 0;
        }

        foreach (var answer in refused)
        {
            Demand(answer.Status == HttpStatusCode.TooManyRequests, $"a send was answered {answer}", at);
            Demand(answer.HasRetryAfter, "429 without Retry-After", at);
        }

        Demand(Math.Min(accepted.Count, effects) <= most, $"{accepted.Count} sends were accepted where the windows leave {most}", at);
        var isEnough = effects == 1 ? refused.Count == 0 || least == 0 : accepted.Count >= least;
        Demand(isEnough, $"{refused.Count} sends were refused where the windows leave {least}", at);
        return accepted;
    }

    private async Task GuessAsync(string code, string what)
    {
        var (key, call) = (NewKey(), Guess(code));
        var answers = await AskAsync($"{call.Kind} {key}: {what}, {_story.Name(code)}", call, Copies(key));
        var at = Interval.Over([.. answers.Select(a => a.At)]);
        var accepted = CheckGuesses(answers, code, at);
        if (_isBroken)
        {
            return;
        }

        Demand(accepted.All(a => a.Repeats(accepted[0])), "one key was answered in two ways", at);
        var isCompared = _model.IsSurelyCompared(at);
        Demand(!isCompared || answers.All(a => a.IsCompared != false), "a live code was not compared", at);
        var mayBeCompared = _model.Candidates.Count > 0;
        _model.Guessed(code, at, accepted.Count > 0);
        if (accepted.Count > 0 || isCompared)
        {
            _recent.Add(new(call, key, accepted.FirstOrDefault() ?? answers[0]));
        }
        else if (mayBeCompared)
        {
            _recent.Clear();
        }
    }

    private async Task RightRaceAsync(int count)
    {
        var code = _model.Candidates.First();
        var answers = await AskAllAsync($"guess, in a race: right, {_story.Name(code)}", [.. Enumerable.Range(0, count).Select(_ => Guess(code))]);
        var at = Interval.Over([.. answers.Select(a => a.At)]);
        var isRight = _model.ExpectGuess(code, at) == Expectation.Accept;
        var accepted = CheckGuesses(answers, code, at, isRace: true);
        Demand(accepted.Count <= 1, $"one code was accepted {accepted.Count} times", at);
        Demand(accepted.Count == 1 || !isRight, "the right code was refused", at);
        for (var i = 0; i < (accepted.Count > 0 ? 1 : count); i++)
        {
            _model.Guessed(code, at, accepted.Count > 0);
        }

        _recent.Clear();
    }

    private async Task WrongRaceAsync(int count)
    {
        string[] codes = [.. Enumerable.Range(0, count).Select(_ => Wrong())];
        var answers = await AskAllAsync("guess, in a race: wrong", [.. codes.Select(Guess)]);
        foreach (var (code, answer) in codes.Zip(answers))
        {
            CheckGuesses([answer], code, answer.At);
        }

        var at = Interval.Over([.. answers.Select(a => a.At)]);
        foreach (var code in codes)
        {
            _model.Guessed(code, at, accepted: false);
        }

        _recent.Clear();
    }

    private List<OtpAnswer> CheckGuesses(OtpAnswer[] answers, string code, Interval at, bool isRace = false)
    {
        var expected = _model.ExpectGuess(code, at);
        var accepted = answers.Where(a => a.IsAccepted).ToList();
        foreach (var answer in answers.Where(a => !a.IsAccepted))
        {
            Demand(answer.Status == HttpStatusCode.BadRequest, $"a guess was answered {answer}", at);
            Demand(isRace || expected != Expectation.Accept, "the right code was refused", at);
        }

        foreach (var answer in accepted)
        {
            Demand(expected != Expectation.Refuse, $"{_story.Name(code)} was {_model.Reproach(code)}", at);
            Demand(answer.Target == target, "an answer names another target", at);
            if (answer.VerificationSid is { } sid)
            {
                Demand(_verifications.GetValueOrDefault(code) == sid, "a code was right for another verification", at);
                continue;
            }

            Demand(answer.SessionToken is not null && answer.CustomerId is not null, "an answer lacks what it promises", at);
            _customer ??= answer.CustomerId;
            Demand(answer.CustomerId == _customer, "the target became another customer", at);
            _session = answer.SessionToken;
        }

        return accepted;
    }

    private async Task RepeatAsync()
    {
        if (_recent.Pick(random) is not { } earlier)
        {
            return;
        }

        var answer = (await AskAsync($"{earlier.Call.Kind} {earlier.Key} again", earlier.Call, earlier.Key))[0];
        if (answer.IsUndelivered)
        {
            // A grain that cannot know whether the message left sends it once more, and no provider was in reach.
            return;
        }

        Demand(answer.Status == earlier.Answer.Status, $"a repeat was answered {answer}, not {earlier.Answer}", answer.At);
        Demand(answer.SessionToken == earlier.Answer.SessionToken && answer.CustomerId == earlier.Answer.CustomerId, "a repeat opened another session", answer.At);
        Demand(answer.VerificationSid == earlier.Answer.VerificationSid, "a repeat was about another verification", answer.At);
        if (earlier.Answer is { Code: { } code, VerificationSid: null })
        {
            var expected = _model.ExpectRepeated(code, answer.At);
            Demand(answer.Code == code || expected != Expectation.Accept, "a repeated send did not tell its code", answer.At);
            Demand(answer.Code is null || expected != Expectation.Refuse, "a repeated send told a code that is dead", answer.At);
            Demand(answer.Code is null || answer.Code == code, "a repeated send told another code", answer.At);
        }
    }

    private async Task MisuseAsync()
    {
        if (_recent.Pick(random) is { } earlier)
        {
            var answer = (await AskAsync($"{earlier.Key} for something else", Guess(Wrong()) with { Kind = "misuse" }, earlier.Key))[0];
            Demand(answer.Status == HttpStatusCode.UnprocessableEntity, $"a used key was answered {answer}", answer.At);
        }
    }

    private async Task CheckSessionAsync()
    {
        if (_session is { } token)
        {
            var answer = (await AskAsync("session", OtpCall.Session(token), NewKey()))[0];
            Demand(answer is { IsAccepted: true, IsValid: true } && answer.CustomerId == _customer, "an open session is not known", answer.At);
        }
    }
}
