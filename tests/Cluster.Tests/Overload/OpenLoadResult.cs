using Otp.Bench.Comparison.Load;

namespace Otp.Cluster.Overload;

/// <summary>How requests were answered.</summary>
internal sealed class OpenLoadResult
{
    private readonly List<double> _served = [];
    private readonly List<double> _refused = [];

    public TimeSpan Elapsed { get; set; }

    /// <summary>How many requests were due while every connection was busy.</summary>
    public int Unsent { get; set; }

    /// <summary>How many were not answered long after the end.</summary>
    public int Unanswered { get; set; }

    /// <summary>Answers that are neither 200 nor 503 with <c>Retry-After</c>, by status.</summary>
    public SortedDictionary<int, int> Wrong { get; } = [];

    public int Served => _served.Count;

    public int Refused => _refused.Count;

    public double ServedPerSecond => Served / Elapsed.TotalSeconds;

    public double OfferedPerSecond => (Served + Refused) / Elapsed.TotalSeconds;

    public void Add(HttpReply reply, TimeSpan elapsed)
    {
        if (reply.Status == 200)
        {
            _served.Add(elapsed.TotalMilliseconds);
        }
        else if (reply.Status == 503 && reply.Head.IndexOf("\r\nRetry-After: "u8) >= 0)
        {
            _refused.Add(elapsed.TotalMilliseconds);
        }
        else
        {
            Wrong[reply.Status] = Wrong.GetValueOrDefault(reply.Status) + 1;
        }
    }

    /// <summary>How long a share of those served waited at most, in milliseconds.</summary>
    public double ServedWithin(double share) => At(_served, share);

    /// <summary>How long a share of those refused waited at most, in milliseconds.</summary>
    public double RefusedWithin(double share) => At(_refused, share);

    public override string ToString() =>
        $"{ServedPerSecond:0}/s served (p50 {ServedWithin(0.5):0} ms, p99 {ServedWithin(0.99):0} ms), {Refused / Elapsed.TotalSeconds:0}/s refused (p50 {RefusedWithin(0.5):0} ms, p99 {RefusedWithin(0.99):0} ms, longest {RefusedWithin(1):0} ms), "
        + $"{Unsent / Elapsed.TotalSeconds:0}/s not sent for want of a connection";

    private static double At(List<double> milliseconds, double share)
    {
        milliseconds.Sort();
        return milliseconds.Count == 0 ? 0 : milliseconds[(int)(share * (milliseconds.Count - 1))];
    }
}
