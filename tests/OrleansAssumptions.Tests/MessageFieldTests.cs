using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Otp.OrleansAssumptions;

/// <summary>What the upgrade of a running cluster relies on: two versions of a message are read for each other.</summary>
public sealed class MessageFieldTests : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    [Fact]
    public void Field_that_this_version_does_not_know_is_passed_over()
    {
        var sent = Serializer.SerializeToArray(new LaterMessage("a", 1, "b", new LaterPart(2, "c"), [3, 4]));

        var read = Serializer.Deserialize<EarlierMessage>(sent);

        Assert.Equal(new EarlierMessage("a", new EarlierPart(2)), read);
    }

    [Fact]
    public void Field_that_an_earlier_version_does_not_send_is_empty()
    {
        var sent = Serializer.SerializeToArray(new EarlierMessage("a", new EarlierPart(2)));

        var read = Serializer.Deserialize<LaterMessage>(sent);

        Assert.Equal(new LaterMessage("a", 0, null, new LaterPart(2, null), null), read);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

[GenerateSerializer, Immutable]
public sealed record EarlierMessage([property: Id(0)] string Text, [property: Id(3)] EarlierPart Part);

[GenerateSerializer, Immutable]
public sealed record EarlierPart([property: Id(0)] int Number);

[GenerateSerializer, Immutable]
public sealed record LaterMessage(
    [property: Id(0)] string Text,
    [property: Id(1)] int Number,
    [property: Id(2)] string? More,
    [property: Id(3)] LaterPart Part,
    [property: Id(4)] int[]? Numbers);

[GenerateSerializer, Immutable]
public sealed record LaterPart([property: Id(0)] int Number, [property: Id(1)] string? More);
