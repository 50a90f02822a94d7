using System.Collections.Immutable;

namespace Orleans.StandIn.Networking;

[Alias("wire.grain")]
public interface IWireGrain : IGrainWithStringKey
{
    [Alias("Where")]
    Task<string> Where();

    [Alias("Echo")]
    ValueTask<Parcel> Echo(Parcel parcel);

    [Alias("Do")]
    Task Do();

    [Alias("Fail")]
    Task Fail(string kind, string message);

    [Alias("Hold")]
    Task<int> Hold(int answer);

    [Alias("HoldUntil")]
    Task HoldUntil(CancellationToken cancellationToken);

    [ResponseTimeout("00:00:00.300"), Alias("HoldBriefly")]
    Task HoldBriefly();

    [Alias("Note")]
    Task Note(int number);

    [Alias("Interrupt")]
    Task Interrupt();

    [Alias("Ask")]
    Task<string> AskOther(string key);

    [Alias("Make")]
    Task<ImmutableArray<byte>> Make(int length);

    [Alias("Take")]
    Task<int> Take(byte[] bytes);
}

[GenerateSerializer, Immutable, Alias("wire.parcel")]
public sealed record Parcel([property: Id(0)] string Text, [property: Id(1)] int Number, [property: Id(2)] Parcel? Inner = null);
