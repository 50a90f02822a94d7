namespace Otp.Gateway.Loyalife;

/// <summary>Writes a purpose by the name that the API has for it.</summary>
internal sealed class OtpTypeConverter : JsonConverter<Purpose>
{
    public override Purpose Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && OtpTypes.Find(reader.GetString()!) is { } purpose ? purpose : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Purpose value, JsonSerializerOptions options) => writer.WriteStringValue(OtpTypes.NameOf(value));
}
