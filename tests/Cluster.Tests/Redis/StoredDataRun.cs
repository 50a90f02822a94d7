using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Otp.Cluster.Faults;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Redis;

/// <summary>Sends to many new targets, a few of which verify their code, and then reads everything that Redis holds, as a thief would.</summary>
internal sealed partial class StoredDataRun(OtpCluster cluster)
{
    // Part of every target and every customer's name, so that either is found wherever it is in clear.
    private const string Mark = "glimpsed";
    private const int Parallel = 32;
    private const int VerifyEvery = 10;

    private static readonly TimeSpan Calm = TimeSpan.FromHours(1);

    private readonly HashSet<string> _codes = [];

    /// <summary>Makes the sends and looks.</summary>
    /// <param name="targets">How many.</param>
    public async Task<StoredData> RunAsync(int targets)
    {
        await SendAsync(targets);
        var findings = new List<string>();
        var (records, bytes) = (0, 0L);
        await foreach (var entry in RedisContent.ReadAsync(cluster.Redis.ConnectionString))
        {
            if (entry.Expiry is null && !entry.Key.Contains("/members/", StringComparison.Ordinal))
            {
                findings.Add($"A key of the kind {KindOf(entry.Key)} has no expiry.");
            }

            findings.AddRange(Secrets(entry.Key, entry.Content));
            if (entry.IsRecord)
            {
                records++;
                bytes += entry.Bytes;
            }
        }

        return new StoredData(records, (double)bytes / targets, findings);
    }

    private async Task SendAsync(int targets)
    {
        var clock = new RunClock();
        var faults = new FaultLog(clock);
        faults.Begin("the whole run", Calm);
        using var client = new LoadClient(cluster.Balancer, clock, faults);
        await System.Threading.Tasks.Parallel.ForAsync(0, targets, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (i, _) =>
        {
            var target = $"{Mark}-{i.ToString(CultureInfo.InvariantCulture)}@load.example.com";
            var sent = await client.CallAsync(Rules.Standard.Client, OtpCall.Send(target), $"send-{i}");
            Check(sent);
            lock (_codes)
            {
                _codes.Add(sent.Code!);
            }

            if (i % VerifyEvery == 0)
            {
                Check(await client.CallAsync(Rules.Standard.Client, OtpCall.Verify(target, sent.Code!, $"{Mark} {i}"), $"verify-{i}"));
            }
        });
    }

    private static void Check(OtpAnswer answer)
    {
        if (answer.Status != HttpStatusCode.OK || answer.Failure is not null)
        {
            throw new InvalidOperationException($"A request was answered {answer}: {answer.Failure}");
        }
    }

    private IEnumerable<string> Secrets(string key, string value)
    {
        if (key.Contains(Mark, StringComparison.OrdinalIgnoreCase) || value.Contains(Mark, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"A record of the kind {KindOf(key)} shows its target or its customer's name.";
        }

        if (Digits().Matches(value).Any(m => _codes.Contains(m.Value)))
        {
            yield return $"A record of the kind {KindOf(key)} shows a code.";
        }
    }

    // service/state/grain type
    private static string KindOf(string key) => string.Join('/', key.Split('/').Take(3));

    // Six digits that stand alone; within longer text they are part of a number or of a hash.
    [GeneratedRegex("(?<![A-Za-z0-9+/=_.-])[0-9]{6}(?![A-Za-z0-9+/=_.-])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
