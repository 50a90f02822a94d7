using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Otp.Settings;

/// <summary>
/// The files that settings were read from. While the process runs, a file that is gone or cannot be read counts as empty: its settings would
/// be taken for removed. So whoever reads settings again asks here first.
/// </summary>
internal sealed class SettingFiles
{
    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly FileConfigurationSource[] _files;

    /// <summary>Notes which files there are now; from now on one that cannot be read is announced like any other change.</summary>
    public SettingFiles(IConfiguration configuration)
    {
        _files = configuration is IConfigurationRoot root
            ? [.. root.Providers.OfType<FileConfigurationProvider>().Select(provider => provider.Source).Where(source => Find(source) is { Exists: true })]
            : [];
        foreach (var file in _files)
        {
            file.OnLoadException = static context => context.Ignore = true;
        }
    }

    /// <summary>What keeps the settings from being read.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var file in _files)
        {
            if (Find(file) is not { Exists: true } found)
            {
                yield return $"{file.Path}: the file is gone.";
            }
            else if (file is JsonConfigurationSource && JsonFault(found) is { } fault)
            {
                yield return $"{file.Path}: {fault}";
            }
        }
    }

    private static IFileInfo? Find(FileConfigurationSource source) => source.FileProvider?.GetFileInfo(source.Path ?? "");

    private static string? JsonFault(IFileInfo file)
    {
        try
        {
            using var stream = file.CreateReadStream();
            using var document = JsonDocument.Parse(stream, Format);
            return null;
        }
        catch (JsonException exception)
        {
            return $"no JSON from line {exception.LineNumber + 1} on.";
        }
        catch (IOException)
        {
            return "the file cannot be read.";
        }
    }
}
