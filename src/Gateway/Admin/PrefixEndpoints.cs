using System.Text.RegularExpressions;
using Otp.Fraud;

namespace Otp.Gateway.Admin;

/// <summary><c>/admin/prefixes</c>: which prefixes of phone numbers the fraud guard blocks, what it counts of one, and how to lift a block.</summary>
internal sealed partial class PrefixEndpoints(GrainCall grainCall)
{
    public const string Malformed = "prefix must be a plus and 1 to 15 digits";

    public async Task ListAsync(HttpContext context)
    {
        var blocked = await grainCall.InvokeAsync<IBlockedPrefixesGrain, ImmutableArray<BlockedPrefix>>(
            Caller.ProgramOf(context).Id, grain => grain.List(), hangUp: context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new BlockedPrefixesAnswer(blocked));
    }

    public Task GetAsync(HttpContext context) => HandleAsync(context, async (prefix, key) =>
    {
        var report = await grainCall.InvokeAsync<IPrefixGrain, PrefixReport>(key, grain => grain.Inspect(), hangUp: context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, PrefixAnswer.Of(prefix, report));
    });

    /// <summary>Lifts a block, and counts from nothing on; it is no error if there is none.</summary>
    public Task DeleteAsync(HttpContext context) => HandleAsync(context, async (_, key) =>
    {
        await grainCall.InvokeAsync<IPrefixGrain>(key, grain => grain.Unblock(), hangUp: context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private static async Task HandleAsync(HttpContext context, Func<string, string, Task> act)
    {
        var prefix = (string)context.GetRouteValue("prefix")!;
        if (!Prefix().IsMatch(prefix))
        {
            await Detail.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, Malformed);
            return;
        }

        await act(prefix, PrefixKey.Compose(Caller.ProgramOf(context).Id, prefix));
    }

    [GeneratedRegex(@"^\+[0-9]{1,15}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
