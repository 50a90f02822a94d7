using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Otp.Architecture.Versions;

/// <summary>
/// What earlier versions sent and stored, one folder a version. A test run with <c>OTP_NEW_VERSION=1.1</c> writes those of the present source.
/// </summary>
internal static class VersionFiles
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Folder = Path.Combine(Repository.Root.FullName, "tests", "Architecture.Tests", "Versions");

    private static readonly string? New = Environment.GetEnvironmentVariable("OTP_NEW_VERSION");

    /// <summary>The versions that have a file of this name, the oldest first.</summary>
    public static IReadOnlyList<string> Of(string file) =>
    [
        .. Directory.EnumerateDirectories(Folder).Where(folder => File.Exists(Path.Combine(folder, file))).Select(folder => Path.GetFileName(folder)).OrderBy(Version.Parse),
    ];

    public static JsonObject Read(string version, string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, version, file)))!.AsObject();

    /// <summary>Writes the file of the version that is asked for, if one is.</summary>
    public static void WriteNew(string file, JsonObject content)
    {
        if (New is { Length: > 0 })
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, New)).FullName, file), content.ToJsonString(Format) + "\n");
        }
    }
}
