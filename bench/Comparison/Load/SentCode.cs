namespace Otp.Bench.Comparison.Load;

/// <summary>A target and the code that was sent to it.</summary>
internal readonly record struct SentCode(int Target, int Code)
{
    public override string ToString() => nameof(SentCode);
}
