namespace Otp.Bench.Comparison.Load;

/// <summary>Verifies, each target guessed a number of times, all targets once before any of them again.</summary>
internal sealed class GuessWork(string name, RequestTemplate template, IReadOnlyList<SentCode> codes, bool right, int guesses)
    : Work(name, template, right ? 200 : 400)
{
    private int _next;

    public override int? Next()
    {
        if (_next == codes.Count * guesses)
        {
            return null;
        }

        var sent = codes[_next++ % codes.Count];
        Template.SetNumber(sent.Target);
        Template.SetCode(right ? sent.Code : (sent.Code + 1) % 1_000_000);
        return sent.Target;
    }
}
