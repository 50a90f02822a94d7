using System.Net.Sockets;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;
using Otp.Fuzz.Http;
using Otp.Fuzz.Inputs;

namespace Otp.Fuzz;

/// <summary>Tries inputs on a gateway over one connection at a time, and says what is wrong with the answers.</summary>
internal sealed class FuzzChecker(int port, IReadOnlyList<string> tokens, TimeSpan longestAnswer, RunClock clock, Hiccups hiccups) : IDisposable
{
    /// <summary>Larger requests may be cut off by an answer that comes before their end.</summary>
    private const int SurelyRead = 8 * 1024;

    // The one status above 499 that blames the request: its version of HTTP.
    private const int UnknownVersion = 505;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpConnection _connection = new(port);

    /// <summary>Tries one input.</summary>
    public async Task<FuzzVerdict> TryAsync(FuzzInput input)
    {
        var request = input.Build();
        var bytes = request.ToBytes(tokens[input.Seed % tokens.Count]);
        var start = clock.Now;
        HttpAnswer answer;
        try
        {
            answer = await _connection.ExchangeAsync(bytes, request.IsBroken, Patience);
        }
        catch (TimeoutException)
        {
            return new FuzzVerdict(null, clock.Now - start, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (SocketException)
        {
            return new FuzzVerdict(null, clock.Now - start, "no connection could be made");
        }

        var at = new Interval(start, clock.Now);
        var elapsed = at.Length - hiccups.Within(at);
        var isUnanswered = answer.Status is null && !request.IsBroken && bytes.Length < SurelyRead;
        var fault = answer.Fault
            ?? (isUnanswered ? "the connection was closed without an answer" : null)
            ?? (answer.Status is >= 500 and not UnknownVersion ? $"answered {answer.Status}" : null)
            ?? (elapsed > longestAnswer ? "answered too late" : null);
        return new FuzzVerdict(answer.Status, elapsed, fault);
    }

    /// <summary>Leaves out what an input does not need in order to fail as it does.</summary>
    public async Task<FuzzInput> ShortenAsync(FuzzInput input, string fault)
    {
        foreach (var shorter in input.Shorter())
        {
            if ((await TryAsync(shorter)).Fault == fault)
            {
                return await ShortenAsync(shorter, fault);
            }
        }

        return input;
    }

    public void Dispose() => _connection.Dispose();
}

/// <summary>What came of an input.</summary>
/// <param name="Status">The answer's status; null for no answer.</param>
/// <param name="Elapsed">How long it took, without the time in which this machine stood still.</param>
/// <param name="Fault">What is wrong; null for nothing.</param>
internal sealed record FuzzVerdict(int? Status, TimeSpan Elapsed, string? Fault);
