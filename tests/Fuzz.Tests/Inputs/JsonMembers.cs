using System.Text.Json;

namespace Otp.Fuzz.Inputs;

/// <summary>The members of a JSON object as they are written, so that one can be spoiled and the others stay.</summary>
internal static class JsonMembers
{
    /// <summary>Each member, <c>"name":value</c>; none if the body is no JSON object.</summary>
    public static IReadOnlyList<string> Of(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(static member => $"{JsonSerializer.Serialize(member.Name)}:{member.Value.GetRawText()}")]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A mutation before this one has spoiled it already; a name may hold half a character.
            return [];
        }
    }
}
