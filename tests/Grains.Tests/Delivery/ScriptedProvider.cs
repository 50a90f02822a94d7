namespace Otp.Delivery;

/// <summary>A provider that does what a test says.</summary>
internal sealed class ScriptedProvider(string name, Func<Message, Handover, CancellationToken, Task<DeliveryResult>> deliver) : IDeliveryProvider
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One that does not say when it hands a message over.</summary>
    public ScriptedProvider(string name, Func<Message, CancellationToken, Task<DeliveryResult>> deliver)
        : this(name, (message, _, ct) => deliver(message, ct))
    {
    }

    public string Name => name;

    /// <summary>Completes when it is asked.</summary>
    public Task Called => _called.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public int Calls { get; private set; }

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct)
    {
        Calls++;
        _called.TrySetResult();
        return await deliver(message, handover, ct);
    }

    public static ScriptedProvider Accepting(string name) => new(name, (_, _) => Task.FromResult(DeliveryResult.Accepted));

    public static ScriptedProvider Refusing(string name, DeliveryFailure failure) =>
        new(name, (_, _) => Task.FromResult(DeliveryResult.Refused(failure)));

    /// <summary>One that ignores its cancellation, too.</summary>
    public static ScriptedProvider Hanging(string name) =>
        new(name, (_, _) => new TaskCompletionSource<DeliveryResult>().Task);

    /// <summary>One that hands a message over, and then ends as the task does.</summary>
    public static ScriptedProvider HandingOver(string name, Task<DeliveryResult> answer) => new(name, (_, handover, _) =>
    {
        handover.Begin();
        return answer;
    });
}
