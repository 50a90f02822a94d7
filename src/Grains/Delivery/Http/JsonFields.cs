using System.Text.Json;

namespace Otp.Delivery;

/// <summary>Fields of what others write, where each may be missing or of another type: then they are null.</summary>
internal static class JsonFields
{
    public static string? Text(this JsonElement json, string name) =>
        Find(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Number(this JsonElement json, string name) =>
        Find(json, name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out var number) ? number : null;

    private static JsonElement? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var field) ? field : null;
}
