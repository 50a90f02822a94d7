using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Otp.Gateway.Http;

/// <summary>
/// A request's JSON object, its members read and checked one by one; what is wrong is gathered, so that it can be told at once.
/// Members nobody reads are ignored; of a member given twice the last one counts.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private readonly JsonDocument _document;
    private readonly ValidationErrors _errors = new();

    private JsonBody(JsonDocument document) => _document = document;

    public bool IsValid => !_errors.Any;

    /// <summary>Reads the body and its members.</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Reads the members that the call has.</param>
    /// <param name="isForm">Whether the body is a form, its fields members that are texts.</param>
    /// <returns>False: the body is at fault, and the request has been answered with all that is wrong.</returns>
    public static async ValueTask<bool> TryReadAsync(HttpContext context, Action<JsonBody> read, bool isForm = false)
    {
        using var body = isForm ? await ReadFormAsync(context) : await ReadAsync(context);
        if (body is null)
        {
            return false;
        }

        read(body);
        if (!body.IsValid)
        {
            await body._errors.WriteAsync(context);
        }

        return body.IsValid;
    }

    /// <summary>Reads the body; null: it is no JSON object, and the request has been answered.</summary>
    private static async ValueTask<JsonBody?> ReadAsync(HttpContext context)
    {
        var isJson = MediaTypes.IsJson(context.Request);
        if (!isJson && context.Request.ContentType is not null)
        {
            MediaTypes.Refuse(context.Response);
            return null;
        }

        var bytes = await ReadBytesAsync(context);
        if (!isJson && bytes.Length > 0)
        {
            MediaTypes.Refuse(context.Response);
            return null;
        }

        if (!Utf8.IsValid(bytes))
        {
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "There was an error parsing the body");
            return null;
        }

        var errors = new ValidationErrors();
        if (Parse(bytes, errors) is { } body)
        {
            return body;
        }

        await errors.WriteAsync(context);
        return null;
    }

    private static async ValueTask<JsonBody?> ReadFormAsync(HttpContext context) =>
        await FormBody.ReadAsync(context) is { } json ? new JsonBody(JsonDocument.Parse(json)) : null;

    /// <summary>A member that must be there; an empty text if it is at fault.</summary>
    public string Required(TextField field)
    {
        if (_document.RootElement.TryGetProperty(field.Name, out var value))
        {
            return Text(field, value);
        }

        _errors.Add(field.Name, FieldFault.Missing, JsonMarshal.GetRawUtf8Value(_document.RootElement));
        return "";
    }

    /// <summary>A member that must be there; 0 if it is at fault.</summary>
    public long Required(IntegerField field)
    {
        if (!_document.RootElement.TryGetProperty(field.Name, out var value))
        {
            _errors.Add(field.Name, FieldFault.Missing, JsonMarshal.GetRawUtf8Value(_document.RootElement));
            return 0;
        }

        return Number(field, value);
    }

    /// <summary>A member that may be absent or null.</summary>
    public string? Optional(TextField field) =>
        _document.RootElement.TryGetProperty(field.Name, out var value) && value.ValueKind != JsonValueKind.Null ? Text(field, value) : null;

    /// <inheritdoc cref="Optional(TextField)"/>
    public long? Optional(IntegerField field) =>
        _document.RootElement.TryGetProperty(field.Name, out var value) && value.ValueKind != JsonValueKind.Null ? Number(field, value) : null;

    /// <summary>Notes a fault of a member that was read.</summary>
    public void Refuse(string name, FieldFault fault) =>
        _errors.Add(name, fault, _document.RootElement.TryGetProperty(name, out var value) ? JsonMarshal.GetRawUtf8Value(value) : default);

    public void Dispose() => _document.Dispose();

    private static async ValueTask<byte[]> ReadBytesAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var result = await reader.ReadAtLeastAsync(RequestLimits.MaxBodySize + 1, context.RequestAborted);
        var bytes = result.Buffer.ToArray();
        reader.AdvanceTo(result.Buffer.End);
        return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    private static JsonBody? Parse(ReadOnlyMemory<byte> bytes, ValidationErrors errors)
    {
        if (bytes.IsEmpty)
        {
            errors.AddBody(FieldFault.Missing);
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException exception)
        {
            errors.AddSyntax(JsonSyntax.OffsetOf(exception, bytes.Span), JsonSyntax.MessageOf(exception));
            return null;
        }

        CheckRoot(document.RootElement, bytes.Span, errors);
        if (!errors.Any)
        {
            return new JsonBody(document);
        }

        document.Dispose();
        return null;
    }

    private static void CheckRoot(JsonElement root, ReadOnlySpan<byte> bytes, ValidationErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.AddBody(root.ValueKind == JsonValueKind.Null ? FieldFault.Missing : FieldFault.NotObject, JsonMarshal.GetRawUtf8Value(root));
        }
        else if (bytes.Contains((byte)'\\') && JsonSyntax.FirstBadName(root, bytes) is { } offset)
        {
            errors.AddSyntax(offset, "A member's name is not Unicode text.");
        }
    }

    private long Number(IntegerField field, JsonElement value)
    {
        if (field.Read(value, out var number) is { } fault)
        {
            _errors.Add(field.Name, fault, JsonMarshal.GetRawUtf8Value(value));
        }

        return number;
    }

    private string Text(TextField field, JsonElement value)
    {
        var fault = FieldFault.NotText;
        if (value.ValueKind == JsonValueKind.String)
        {
            if (!TryGetText(value, out var written))
            {
                fault = FieldFault.NotUnicode;
            }
            else if (field.Read(written, out var text) is { } broken)
            {
                fault = broken;
            }
            else
            {
                return text;
            }
        }

        _errors.Add(field.Name, fault, JsonMarshal.GetRawUtf8Value(value));
        return "";
    }

    /// <summary>False for text with a surrogate that has no partner, which is JSON but no Unicode text.</summary>
    private static bool TryGetText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
