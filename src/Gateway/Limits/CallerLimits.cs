using System.Net;
using System.Security.Cryptography;

namespace Otp.Gateway.Limits;

/// <summary>
/// The limits on callers (<see cref="LimitOptions"/>), kept in this gateway's memory. They guard the service, not a
/// target: exact counts across gateways are not worth a grain call for every request. Each count tells how long until one more is allowed; null
/// if it is allowed now.
/// </summary>
internal sealed class CallerLimits
{
    // A million addresses in 16 MiB.
    private const int Places = 1 << 20;
    private const int ProgramPlaces = 1 << 12;
    private const string FailedPerAddress = "failed_tokens_per_address";
    private const string FailedPerClient = "failed_tokens_per_client";

    private readonly ProgramCatalog _catalog;
    private readonly RateTable _addresses;
    private readonly RateTable _programs;
    private readonly ulong _seed;

    public CallerLimits(ProgramCatalog catalog, TimeProvider time, RandomNumberGenerator random)
    {
        _catalog = catalog;
        _addresses = new RateTable(Places, time);
        _programs = new RateTable(ProgramPlaces, time);
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        random.GetBytes(seed);
        _seed = BitConverter.ToUInt64(seed);
    }

    private enum Use
    {
        Send,
        SendForEndUser,
        Token,
        FailedToken,
        FailedTokenOfClient,
    }

    private LimitOptions Limits => _catalog.Current.Limits;

    /// <summary>
    /// Counts a send from an address: the end user's, where the client says it, and otherwise the request's. What a client says counts within
    /// its program alone, so that no client uses up an address for others.
    /// </summary>
    public TimeSpan? CountSend(HttpContext context, OtpProgram program, IPAddress? endUser)
    {
        var key = endUser is null
            ? KeyOf(Use.Send, CallerAddress.Of(context))
            : Mix(KeyOf(Use.SendForEndUser, CallerAddress.Of(endUser)) ^ KeyOf(program));
        return LimitMetrics.Count(_addresses.Take(key, Limits.SendsPerAddress), "sends_per_address");
    }

    /// <summary>Counts a send of a program.</summary>
    public TimeSpan? CountSend(OtpProgram program) => LimitMetrics.Count(_programs.Take(KeyOf(program), program.SendRate), "sends_per_program");

    /// <summary>Counts a token request, which still has to fail or succeed.</summary>
    public TimeSpan? CountToken(CallerAddress address, string clientId)
    {
        var limits = Limits;
        return LimitMetrics.Count(_addresses.Take(KeyOf(Use.Token, address), limits.TokensPerAddress), "tokens_per_address")
            ?? LimitMetrics.Count(_addresses.Peek(KeyOf(Use.FailedToken, address), limits.FailedTokensPerAddress), FailedPerAddress)
            ?? LimitMetrics.Count(_addresses.Peek(KeyOf(address, clientId), limits.FailedTokensPerClient), FailedPerClient);
    }

    /// <summary>Counts a failed token request.</summary>
    public TimeSpan? CountFailedToken(CallerAddress address, string clientId)
    {
        var limits = Limits;
        var key = KeyOf(Use.FailedToken, address);
        if (LimitMetrics.Count(_addresses.Take(key, limits.FailedTokensPerAddress), FailedPerAddress) is { } wait)
        {
            return wait;
        }

        var refused = LimitMetrics.Count(_addresses.Take(KeyOf(address, clientId), limits.FailedTokensPerClient), FailedPerClient);
        if (refused is not null)
        {
            _addresses.GiveBack(key, limits.FailedTokensPerAddress);
        }

        return refused;
    }

    /// <summary>Takes back what <see cref="CountFailedToken"/> counted: it did not fail.</summary>
    public void ForgiveToken(CallerAddress address, string clientId)
    {
        var limits = Limits;
        _addresses.GiveBack(KeyOf(Use.FailedToken, address), limits.FailedTokensPerAddress);
        _addresses.GiveBack(KeyOf(address, clientId), limits.FailedTokensPerClient);
    }

    private ulong KeyOf(OtpProgram program) => Mix(_seed ^ (uint)program.Id.GetHashCode(StringComparison.Ordinal));

    private ulong KeyOf(CallerAddress address, string clientId) =>
        Mix(KeyOf(Use.FailedTokenOfClient, address) ^ (uint)clientId.GetHashCode(StringComparison.Ordinal));

    private ulong KeyOf(Use use, CallerAddress address) => Mix(Mix(_seed + (2 * (ulong)use) + (address.IsV6 ? 1ul : 0)) ^ address.Value);

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a permutation, so that no two addresses share a key.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
