namespace Otp.Delivery;

/// <summary>A provider that does what a test says.</summary>
internal sealed class ScriptedProvider(string name, Func<Message, CancellationToken, Task<DeliveryResult>> deliver) : IDeliveryProvider
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    /// <summary>Completes when it is asked.</summary>
    public Task Called => _called.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public int Calls { get; private set; }

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct)
    {
        Calls++;
        _called.TrySetResult();
        return await deliver(message, ct);
    }

    public static ScriptedProvider Accepting(string name) => new(name, (_, _) => Task.FromResult(DeliveryResult.Accepted));

    public static ScriptedProvider Refusing(string name, DeliveryFailure failure) =>
        new(name, (_, _) => Task.FromResult(DeliveryResult.Refused(failure)));

    /// <summary>One that ignores its cancellation, too.</summary>
    public static ScriptedProvider Hanging(string name) =>
        new(name, (_, _) => new TaskCompletionSource<DeliveryResult>().Task);
}
