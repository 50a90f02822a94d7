using System.Globalization;
using System.Security.Claims;
using Otp.Gateway.Auth;
using Otp.Gateway.Http;
using Otp.Gateway.Pages;
using Otp.Programs;
using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>The figures as a stream: each event <c>figures</c> is all of them, as the caller may see them.</summary>
internal sealed class OpsFeed(GrainCall grainCall, EventStream stream, ProgramCatalog programs, TimeProvider time)
{
    private const string Expiry = "exp";

    private static readonly TimeSpan NewsInterval = TimeSpan.FromMilliseconds(500);

    private readonly Feed<OpsSnapshot> _feed = new(latest => AskAsync(grainCall, latest, time), NewsInterval, time);

    /// <summary>Writes the figures of the caller's program, or of all to a developer, until the caller's token is over.</summary>
    public Task WatchAsync(HttpContext context)
    {
        var client = context.Features.Get<OtpClient>();
        var program = client?.Program.Id;
        return stream.RunAsync(
            context,
            _feed,
            snapshot => new ServerEvent("figures", snapshot.JsonFor(program)),
            () => client is null || IsStillAllowed(context.User, client));
    }

    private static async Task<OpsSnapshot?> AskAsync(GrainCall grainCall, OpsSnapshot? latest, TimeProvider time)
    {
        var version = latest?.Version ?? 0;
        var statistics = await grainCall.InvokeAsync<IStatisticsGrain, StatisticsSnapshot?>(IStatisticsGrain.Key, grain => grain.Read(version));
        return statistics is null ? null : OpsSnapshot.After(latest, statistics, time.GetUtcNow());
    }

    // What is checked of a token when a request begins, for a request that does not end by itself.
    private bool IsStillAllowed(ClaimsPrincipal user, OtpClient client) =>
        long.TryParse(user.FindFirst(Expiry)?.Value, CultureInfo.InvariantCulture, out var expiry)
        && time.GetUtcNow().ToUnixTimeSeconds() < expiry
        && programs.Current.TryGetClient(client.Id, out var now)
        && now.Program.Id == client.Program.Id
        && now.HasRole(ClientRoles.Admin)
        && user.FindFirst(TokenClaims.Secret)?.Value is { } secret
        && now.HasSecret(secret);
}
