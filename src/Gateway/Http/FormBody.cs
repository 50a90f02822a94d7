using System.Text;
using System.Text.Json.Nodes;

namespace Otp.Gateway.Http;

/// <summary>
/// A form as the JSON object that has its fields as texts, so that fields are read and checked in one way, whatever the body. Of a field
/// given twice the last one counts; an empty one counts as absent.
/// </summary>
internal static class FormBody
{
    /// <summary>Reads the form, which is empty where there is no body; null: it is none, and the request has been answered.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpContext context)
    {
        if (!MediaTypes.IsForm(context.Request))
        {
            MediaTypes.Refuse(context.Response);
            return null;
        }

        if (context.Request.ContentType is null)
        {
            return "{}"u8.ToArray();
        }

        try
        {
            return ToJson(await context.Request.ReadFormAsync(context.RequestAborted));
        }
        catch (Exception exception) when (IsMalformed(exception, context))
        {
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "There was an error parsing the body");
            return null;
        }
    }

    /// <summary>
    /// Whether reading a form failed because it is none, such as a multipart form without its end. What the server itself refuses, and a caller
    /// who has gone, are no matter of the form.
    /// </summary>
    public static bool IsMalformed(Exception exception, HttpContext context) =>
        exception is InvalidDataException || (exception is IOException and not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested);

    private static byte[] ToJson(IFormCollection form)
    {
        var given = form.Where(static field => field.Value is [.., { Length: > 0 }]);
        var json = new JsonObject(given.Select(static field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value[^1])));
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
