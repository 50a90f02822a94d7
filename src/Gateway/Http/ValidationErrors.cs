using System.Buffers;

namespace Otp.Gateway.Http;

/// <summary>
/// The faults found in one request, reported together: 422 <c>HTTPValidationError</c> as FastAPI writes it,
/// <c>{"detail":[{"type","loc","msg","input","ctx"?}]}</c>, or in the words of a surface that has its own.
/// </summary>
internal sealed class ValidationErrors
{
    private static readonly JsonWriterOptions Format = new() { Encoder = AnswerJson.Encoder };
    private readonly List<Entry> _entries = [];

    public bool Any => _entries.Count > 0;

    /// <summary>Notes a fault of one field.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="input">The offending value as JSON; null stands for JSON's null. Never a secret.</param>
    public void Add(string field, FieldFault fault, ReadOnlySpan<byte> input = default) => Add(new Entry(field, null, fault, ToInput(input)));

    /// <summary>Notes a fault of the body itself.</summary>
    public void AddBody(FieldFault fault, ReadOnlySpan<byte> input = default) => Add(new Entry(null, null, fault, ToInput(input)));

    /// <summary>Notes that the body is not JSON from <paramref name="offset"/> (in characters) on.</summary>
    public void AddSyntax(int offset, string error) => Add(new Entry(null, offset, FieldFault.NotJson(error), "{}"u8.ToArray()));

    public Task WriteAsync(HttpContext context) =>
        ErrorAnswer.SurfaceOf(context) is { } surface ? surface.WriteFaultsAsync(context, Describe()) : WriteDetailAsync(context);

    /// <summary>What is wrong and where, in one line and without the values.</summary>
    private string Describe() => string.Join("; ", _entries.Select(entry => $"{entry.Field ?? "body"}: {entry.Fault.Message}"));

    private Task WriteDetailAsync(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("detail");
            foreach (var entry in _entries)
            {
                Write(writer, entry);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return JsonAnswer.WriteRawAsync(context, StatusCodes.Status422UnprocessableEntity, buffer.WrittenMemory);
    }

    private static byte[] ToInput(ReadOnlySpan<byte> input) => input.IsEmpty ? "null"u8.ToArray() : input.ToArray();

    private static void Write(Utf8JsonWriter writer, Entry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("type", entry.Fault.Type);
        writer.WriteStartArray("loc");
        writer.WriteStringValue("body");
        if (entry.Field is { } field)
        {
            writer.WriteStringValue(field);
        }
        else if (entry.Offset is { } offset)
        {
            writer.WriteNumberValue(offset);
        }

        writer.WriteEndArray();
        writer.WriteString("msg", entry.Fault.Message);
        writer.WritePropertyName("input");
        writer.WriteRawValue(entry.Input, skipInputValidation: true);
        if (entry.Fault.ContextName is { } name)
        {
            writer.WriteStartObject("ctx");
            writer.WritePropertyName(name);
            switch (entry.Fault.Context)
            {
                case int number:
                    writer.WriteNumberValue(number);
                    break;
                case long number:
                    writer.WriteNumberValue(number);
                    break;
                default:
                    writer.WriteStringValue((string?)entry.Fault.Context);
                    break;
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void Add(Entry entry) => _entries.Add(entry);

    private sealed record Entry(string? Field, int? Offset, FieldFault Fault, byte[] Input);
}
