using System.Globalization;
using Otp.Bench.Comparison;
using Otp.Bench.Comparison.Load;
using Otp.Bench.Comparison.Report;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.LongRuns;

/// <summary>One system on a Redis of its own, and a table with a row for each time that it was measured.</summary>
internal sealed class LongRun : IAsyncDisposable
{
    private const string SendPath = "/v2/giftcards/customers/otp/send";
    private const string Target = "long.##########@example.com";
    private const double MiB = 1024 * 1024;

    private static readonly string[] Head =
    [
        "", "sends/s", "p50 ms", "p99 ms", "CPU all", "wrong verifies/s", "p50 ms", "p99 ms", "CPU all", "refusals/s", "p50 ms", "p99 ms", "CPU all", "MiB resident", "MiB in Redis",
    ];

    private readonly DiscardingReceiver _receiver;
    private readonly RedisServer _redis;
    private readonly SystemUnderTest _system;
    private readonly LoadGenerator _load;
    private readonly Meter _meter;
    private readonly TargetNumbers _numbers = new();
    private readonly RequestTemplate _send;
    private readonly RequestTemplate _verify;
    private readonly IReadOnlyList<SentCode> _full;
    private readonly List<string[]> _rows = [];

    private LongRun(DiscardingReceiver receiver, RedisServer redis, SystemUnderTest system, string token, int connections)
    {
        (_receiver, _redis, _system) = (receiver, redis, system);
        _load = new LoadGenerator(system.Port, connections);
        _meter = new Meter(system, redis);
        _send = new RequestTemplate(token, SendPath, $$"""{"target":"{{Target}}"}""");
        _verify = new RequestTemplate(token, "/v2/giftcards/customers/otp/verify", $$"""{"target":"{{Target}}","code":"??????","name":"Jane Doe"}""");
        var full = new NewTargetWork(_send, _numbers, limit: 2_000);
        _load.Run(full, TimeSpan.FromMinutes(1));
        _full = full.Codes;
        _load.Run(new RepeatWork("send again", _send, _full, 200, times: 4), TimeSpan.FromMinutes(1));
    }

    /// <summary>How many targets have been sent to.</summary>
    public int Targets { get; private set; }

    /// <summary>Starts the system.</summary>
    public static async Task<LongRun> StartAsync(LongRunOptions options)
    {
        var receiver = await DiscardingReceiver.StartAsync();
        var settings = new SharedSettings(receiver.Address);
        var redis = await RedisServer.StartAsync(garnet: false);
        try
        {
            return new LongRun(receiver, redis, await SystemUnderTest.StartAsync(options.System, redis, settings), settings.Token, options.Connections);
        }
        catch
        {
            await redis.DisposeAsync();
            await receiver.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends to new targets and measures nothing.</summary>
    public void Fill(int targets)
    {
        _load.Run(new NewTargetWork(_send, _numbers, targets), TimeSpan.FromHours(1));
        Targets += targets;
    }

    /// <summary>Sends to new targets, guesses wrong at their codes, and sends to targets whose window is full; each for this long at the most.</summary>
    /// <returns>The 99th percentile of the sends in milliseconds, and the MiB that the processes have resident.</returns>
    public async Task<(double P99, double Resident)> MeasureAsync(string name, TimeSpan duration, TextWriter output)
    {
        var sends = new NewTargetWork(_send, _numbers);
        Measurement[] measured =
        [
            await _meter.MeasureAsync(_load, sends, duration),
            await _meter.MeasureAsync(_load, new GuessWork("wrong verify", _verify, sends.Codes, right: false, guesses: 1), duration),
            await _meter.MeasureAsync(_load, new RepeatWork("refusal", _send, _full, 429), duration),
        ];
        Targets += measured[0].Load.Requests;
        var resident = _system.Processes.Sum(process => process.ResidentBytes) / MiB;
        _rows.Add([name, .. measured.SelectMany(Cells), $"{resident:N0}", $"{await _redis.MemoryAsync() / MiB:N0}"]);
        await output.WriteLineAsync(string.Join("  ", _rows[^1]));
        return (measured[0].Load.P99.TotalMilliseconds, resident);
    }

    /// <summary>All that was measured, as Markdown.</summary>
    public string Table() => $"{Machine.Describe()}; {_redis.Name}; {_system.Kind.Title}; CPU is processor time a request in µs, of all processes.\n\n{MarkdownReport.Table(Head, _rows)}";

    public async ValueTask DisposeAsync()
    {
        _load.Dispose();
        await _system.DisposeAsync();
        await _redis.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private static IEnumerable<string> Cells(Measurement measured)
    {
        var load = measured.Load;
        var cpu = measured.Cpu.Values.Sum(time => time.TotalMicroseconds) / load.Requests;
        return [$"{load.Requests / load.Elapsed.TotalSeconds:N0}", Milliseconds(load.P50), Milliseconds(load.P99), $"{cpu:N0}"];

        static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture);
    }
}
