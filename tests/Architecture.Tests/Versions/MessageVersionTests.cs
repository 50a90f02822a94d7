using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Otp.Architecture.Messages;

namespace Otp.Architecture.Versions;

/// <summary>While a cluster is upgraded, processes of two versions send messages to each other: what the earlier one sends must be read.</summary>
public sealed class MessageVersionTests
{
    private const string File = "messages.json";
    private const string Bytes = "bytes";
    private const string Members = "members";

    private static readonly Serializer Serializer = new ServiceCollection()
        .AddSerializer(static builder => builder.AddAssembly(Assembly.Load("Otp.Grains.Abstractions")))
        .BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<string, string> Sent =>
        [.. VersionFiles.Of(File).SelectMany(version => VersionFiles.Read(version, File).Select(message => (version, message.Key)))];

    [Theory]
    [MemberData(nameof(Sent))]
    public void Message_of_an_earlier_version_is_read(string version, string alias)
    {
        var sent = VersionFiles.Read(version, File)[alias]!;

        var read = Serializer.Deserialize<object>(Convert.FromBase64String(sent[Bytes]!.GetValue<string>()));

        Assert.Equal(alias, read!.GetType().GetCustomAttribute<AliasAttribute>()!.Alias);
        Assert.True(Holds(MessageSample.Describe(read), sent[Members]), "A member that was sent is not read, or as something else.");
    }

    [Fact]
    public void Newest_version_has_every_message_as_it_is_now()
    {
        var now = new JsonObject(GrainMessages.All.OrderBy(AliasOf, StringComparer.Ordinal).Select(type => KeyValuePair.Create<string, JsonNode?>(AliasOf(type), Send(type))));
        VersionFiles.WriteNew(File, now);

        var newest = VersionFiles.Read(VersionFiles.Of(File)[^1], File);

        // Their bytes may differ: a new version of Orleans may write them in another way, as long as it reads the old one.
        Assert.Equal(now.Select(message => message.Key), newest.Select(message => message.Key));
        Assert.All(now, message => Assert.True(
            JsonNode.DeepEquals(message.Value![Members], newest[message.Key]![Members]), $"{message.Key} has changed: see CONTRIBUTING, A change."));
    }

    private static string AliasOf(Type message) => message.GetCustomAttribute<AliasAttribute>()!.Alias;

    private static JsonObject Send(Type message)
    {
        var sample = MessageSample.Of(message);
        return new JsonObject { [Bytes] = Convert.ToBase64String(Serializer.SerializeToArray(sample)), [Members] = MessageSample.Describe(sample) };
    }

    // A later version may have members that were not sent.
    private static bool Holds(JsonNode? read, JsonNode? sent) => (read, sent) switch
    {
        (JsonObject r, JsonObject s) => s.All(member => r.TryGetPropertyValue(member.Key, out var value) && Holds(value, member.Value)),
        (JsonArray r, JsonArray s) => r.Count == s.Count && r.Zip(s).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(read, sent),
    };
}
