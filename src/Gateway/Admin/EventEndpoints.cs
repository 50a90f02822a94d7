using Otp.Events;

namespace Otp.Gateway.Admin;

/// <summary><c>/admin/events</c>: what the program's endpoint has not taken.</summary>
internal sealed class EventEndpoints(GrainCall grainCall)
{
    public async Task ListAsync(HttpContext context)
    {
        var reports = await InvokeAsync(context, static outbox => outbox.Report(), isRepeatable: true);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, EventsAnswer.Of(reports));
    }

    /// <summary>Has every parked event posted once more.</summary>
    public async Task ReplayAsync(HttpContext context)
    {
        var parked = await InvokeAsync(context, static outbox => outbox.Replay(), isRepeatable: false);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status202Accepted, new ReplayAnswer(parked.Sum()));
    }

    private Task<T[]> InvokeAsync<T>(HttpContext context, Func<IEventOutboxGrain, Task<T>> call, bool isRepeatable) => Task.WhenAll(
        EventShards.Of(Caller.ProgramOf(context).Id).Select(key => grainCall.InvokeAsync<IEventOutboxGrain, T>(key, call, isRepeatable, context.RequestAborted)));
}
