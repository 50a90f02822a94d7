using System.Collections.Immutable;
using Orleans.Storage;

namespace Orleans.StandIn.Networking;

public sealed class WireGrain(GrainLog log, ILocalSiloDetails silo) : Grain, IWireGrain
{
    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToString());

    public ValueTask<Parcel> Echo(Parcel parcel) => new(parcel);

    public Task Do() => Task.CompletedTask;

    public Task Fail(string kind, string message) => throw (kind switch
    {
        "state" => new InconsistentStateException(message),
        "argument" => new ArgumentNullException(null, message),
        "own" => new OwnException(message),
        "strange" => new StrangeException(message.Length),
        _ => new OperationCanceledException(message),
    });

    public async Task<int> Hold(int answer)
    {
        log.Held.TrySetResult();
        await log.Release.Task;
        log.Resumed = true;
        return answer;
    }

    public async Task HoldUntil(CancellationToken cancellationToken)
    {
        log.Held.TrySetResult();
        cancellationToken.Register(() => log.Cancelled.TrySetResult());
        await log.Release.Task;
    }

    public Task HoldBriefly() => log.Release.Task;

    public Task Note(int number)
    {
        log.Notes.Add(number);
        return Task.CompletedTask;
    }

    public Task Interrupt()
    {
        log.Interrupted();
        return Task.CompletedTask;
    }

    public Task<string> AskOther(string key) => GrainFactory.GetGrain<IWireGrain>(key).Where();

    public Task<ImmutableArray<byte>> Make(int length) => Task.FromResult(ImmutableArray.Create(new byte[length]));

    public Task<int> Take(byte[] bytes) => Task.FromResult(bytes.Length);
}

public sealed class OwnException(string message) : Exception(message);

public sealed class StrangeException(int number) : Exception($"Number {number}.");
