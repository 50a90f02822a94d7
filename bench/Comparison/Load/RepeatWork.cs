namespace Otp.Bench.Comparison.Load;

/// <summary>The same requests to a set of targets over and over.</summary>
internal sealed class RepeatWork(string name, RequestTemplate template, IReadOnlyList<SentCode> targets, int expectedStatus, int times = int.MaxValue)
    : Work(name, template, expectedStatus)
{
    private long _next;

    public override int? Next()
    {
        if (_next == (long)targets.Count * times)
        {
            return null;
        }

        var target = targets[(int)(_next++ % targets.Count)].Target;
        Template.SetNumber(target);
        return target;
    }
}
