using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp.Storage;

/// <summary>Writes bytes as base64; by itself the serializer makes of them an array of numbers, thrice as long.</summary>
internal sealed class Base64Converter : JsonConverter<ImmutableArray<byte>>
{
    public override ImmutableArray<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ImmutableCollectionsMarshal.AsImmutableArray(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.AsSpan());
}
