using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;
using Otp.Customers;
using Otp.Delivery;
using Otp.Events;
using Otp.Fraud;
using Otp.Members;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Storage;

/// <summary>Writes and reads grain state as JSON, the same in every storage.</summary>
public sealed class StateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input!, TypeInfo<T>()));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize(input.ToMemory().Span, TypeInfo<T>())!;

    private static JsonTypeInfo<T> TypeInfo<T>() =>
        (JsonTypeInfo<T>?)StateJson.Default.GetTypeInfo(typeof(T))
        ?? throw new NotSupportedException($"{typeof(T)} is not a record of this service.");
}

/// <summary>The format of records: compact JSON, source-generated.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(TargetState))]
[JsonSerializable(typeof(CustomerDetails))]
[JsonSerializable(typeof(HandOverDetails))]
[JsonSerializable(typeof(MemberState))]
[JsonSerializable(typeof(MemberEmailState))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(VerificationDetails))]
[JsonSerializable(typeof(VerificationState))]
[JsonSerializable(typeof(ExpectedState))]
[JsonSerializable(typeof(ParkedState))]
[JsonSerializable(typeof(PrefixState))]
[JsonSerializable(typeof(BlockedPrefixesState))]
internal sealed partial class StateJson : JsonSerializerContext;

/// <summary>Writes bytes as base64. Without it the serializer writes an array of numbers, three times as long.</summary>
internal sealed class Base64Converter : JsonConverter<ImmutableArray<byte>>
{
    public override ImmutableArray<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ImmutableCollectionsMarshal.AsImmutableArray(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.AsSpan());
}
