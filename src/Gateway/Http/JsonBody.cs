using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Otp.Gateway.Http;

/// <summary>
/// A request's JSON object, its members read and checked one by one; what is wrong is gathered, so that it can be told at once.
/// Members nobody reads are ignored; of a member given twice the last one counts.
/// </summary>
internal sealed class JsonBody(JsonElement root, ValidationErrors errors)
{
    /// <summary>Largest request body, in bytes; the server answers a longer one with 413.</summary>
    public const int MaxSize = 16 * 1024;

    public bool IsValid => !errors.Any;

    /// <summary>Reads the body and its members.</summary>
    /// <param name="read">Reads the members that the call has.</param>
    /// <param name="isForm">Whether the body is a form, its fields members that are texts.</param>
    /// <returns>False: the body is at fault, and the request has been answered with all that is wrong.</returns>
    public static async ValueTask<bool> TryReadAsync(HttpContext context, Action<JsonBody> read, bool isForm = false)
    {
        if ((isForm ? await FormBody.ReadAsync(context) : await ReadAsync(context)) is not { } bytes)
        {
            return false;
        }

        var errors = new ValidationErrors();
        using var document = Parse(bytes, errors);
        if (!errors.Any)
        {
            read(new JsonBody(document!.RootElement, errors));
        }

        if (errors.Any)
        {
            await errors.WriteAsync(context);
        }

        return !errors.Any;
    }

    /// <summary>A member that must be there; nothing if it is at fault.</summary>
    public T Required<T>(Field<T> field)
    {
        if (root.TryGetProperty(field.Name, out var written))
        {
            return Read(field, written);
        }

        errors.Add(field.Name, FieldFault.Missing, JsonMarshal.GetRawUtf8Value(root));
        return field.Nothing;
    }

    /// <summary>A member that may be absent or null.</summary>
    public T? Optional<T>(Field<T> field) =>
        root.TryGetProperty(field.Name, out var written) && written.ValueKind != JsonValueKind.Null ? Read(field, written) : default;

    /// <summary>Notes a fault of a member that was read.</summary>
    public void Refuse(string name, FieldFault fault) =>
        errors.Add(name, fault, root.TryGetProperty(name, out var written) ? JsonMarshal.GetRawUtf8Value(written) : default);

    private T Read<T>(Field<T> field, JsonElement written)
    {
        if (field.Read(written, out var value) is { } fault)
        {
            errors.Add(field.Name, fault, JsonMarshal.GetRawUtf8Value(written));
        }

        return value;
    }

    /// <summary>The body as it came; null: it is no UTF-8, or not said to be JSON, and the request has been answered.</summary>
    private static async ValueTask<byte[]?> ReadAsync(HttpContext context)
    {
        var isJson = MediaTypes.IsJson(context.Request);
        var bytes = isJson || context.Request.ContentType is null ? await ReadBytesAsync(context) : null;
        if (bytes is null || (!isJson && bytes.Length > 0))
        {
            MediaTypes.Refuse(context.Response);
            return null;
        }

        if (!Utf8.IsValid(bytes))
        {
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "There was an error parsing the body");
            return null;
        }

        return bytes;
    }

    private static async ValueTask<byte[]> ReadBytesAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var result = await reader.ReadAtLeastAsync(MaxSize + 1, context.RequestAborted);
        var bytes = result.Buffer.ToArray();
        reader.AdvanceTo(result.Buffer.End);
        return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    private static JsonDocument? Parse(byte[] bytes, ValidationErrors errors)
    {
        if (bytes.Length == 0)
        {
            errors.Add(place: null, FieldFault.Missing);
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException exception)
        {
            errors.AddSyntax(JsonSyntax.OffsetOf(exception, bytes), JsonSyntax.MessageOf(exception));
            return null;
        }

        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add(place: null, root.ValueKind == JsonValueKind.Null ? FieldFault.Missing : FieldFault.NotObject, JsonMarshal.GetRawUtf8Value(root));
        }
        else if (bytes.Contains((byte)'\\') && JsonSyntax.FirstBadName(root, bytes) is { } offset)
        {
            errors.AddSyntax(offset, "A member's name is not Unicode text.");
        }

        return document;
    }
}

/// <summary>Reads from a parser's exception what a caller needs to find the mistake.</summary>
internal static class JsonSyntax
{
    /// <summary>Where the mistake is, in characters from the start of the body, which is valid UTF-8.</summary>
    public static int OffsetOf(JsonException exception, ReadOnlySpan<byte> body)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += body[start..].IndexOf((byte)'\n') + 1;
        }

        var end = Math.Min(body.Length, start + (int)(exception.BytePositionInLine ?? 0));
        return Encoding.UTF8.GetCharCount(body[..end]);
    }

    /// <summary>
    /// Where the first member is, in characters from the start of the body, whose name holds a surrogate without a partner; null for
    /// none. The parser lets such names pass, but not be compared with any other.
    /// </summary>
    public static int? FirstBadName(JsonElement root, ReadOnlySpan<byte> body)
    {
        foreach (var member in root.EnumerateObject())
        {
            try
            {
                _ = member.Name;
            }
            catch (InvalidOperationException)
            {
                body.Overlaps(JsonMarshal.GetRawUtf8PropertyName(member), out var start);
                return Encoding.UTF8.GetCharCount(body[..start]);
            }
        }

        return null;
    }

    /// <summary>The parser's words, without the position in bytes that it adds.</summary>
    public static string MessageOf(JsonException exception)
    {
        var position = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? exception.Message : exception.Message[..position];
    }
}
