using System.Buffers;

namespace Otp.Gateway.Http;

/// <summary>
/// The faults found in one request, reported together: 422 <c>HTTPValidationError</c> as FastAPI writes it,
/// <c>{"detail":[{"type","loc","msg","input","ctx"?}]}</c>, or in the words of a surface that has its own.
/// </summary>
internal sealed class ValidationErrors
{
    private readonly List<(object? Place, FieldFault Fault, byte[] Input)> _entries = [];

    public bool Any => _entries.Count > 0;

    /// <summary>Notes a fault.</summary>
    /// <param name="place">The name of the field; or the offset in characters, where the body is no JSON; null for the body itself.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="input">The offending value as JSON; nothing stands for JSON's null. Never a secret.</param>
    public void Add(object? place, FieldFault fault, ReadOnlySpan<byte> input = default) =>
        _entries.Add((place, fault, input.IsEmpty ? "null"u8.ToArray() : input.ToArray()));

    /// <summary>Notes that the body is not JSON from <paramref name="offset"/> (in characters) on.</summary>
    public void AddSyntax(int offset, string error) => Add(offset, FieldFault.NotJson(error), "{}"u8);

    public Task WriteAsync(HttpContext context) =>
        ErrorAnswer.SurfaceOf(context) is { } surface ? surface.WriteFaultsAsync(context, Describe()) : WriteDetailAsync(context);

    /// <summary>What is wrong and where, in one line and without the values.</summary>
    private string Describe() => string.Join("; ", _entries.Select(static entry => $"{entry.Place as string ?? "body"}: {entry.Fault.Message}"));

    private Task WriteDetailAsync(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = AnswerJson.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("detail");
            foreach (var (place, fault, input) in _entries)
            {
                Write(writer, place, fault, input);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return JsonAnswer.WriteRawAsync(context, StatusCodes.Status422UnprocessableEntity, buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, object? place, FieldFault fault, byte[] input)
    {
        writer.WriteStartObject();
        writer.WriteString("type", fault.Type);
        writer.WriteStartArray("loc");
        writer.WriteStringValue("body");
        WriteKnown(place);
        writer.WriteEndArray();
        writer.WriteString("msg", fault.Message);
        writer.WritePropertyName("input");
        writer.WriteRawValue(input, skipInputValidation: true);
        if (fault.ContextName is { } name)
        {
            writer.WriteStartObject("ctx");
            writer.WritePropertyName(name);
            WriteKnown(fault.Context);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();

        void WriteKnown(object? value)
        {
            if (value is string text)
            {
                writer.WriteStringValue(text);
            }
            else if (value is not null)
            {
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
            }
        }
    }
}
