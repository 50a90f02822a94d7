namespace Otp.Bench.Comparison.Load;

/// <summary>Numbers targets, so that none is used twice in a run.</summary>
internal sealed class TargetNumbers
{
    private int _last;

    public int Next() => ++_last;
}
