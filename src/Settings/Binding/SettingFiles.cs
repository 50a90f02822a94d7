using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Otp.Settings;

/// <summary>The files that settings come from. A provider treats one that it cannot reload as empty, so they are checked before a reload.</summary>
internal sealed class SettingFiles
{
    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly FileConfigurationSource[] _files;

    /// <summary>Remembers which files exist now. From now on a file with a fault is announced like any other change.</summary>
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
    public IEnumerable<string> Faults() =>
        from file in _files
        let fault = FaultOf(file)
        where fault is not null
        select $"{file.Path}: {fault}";

    /// <summary>Calls <paramref name="changed"/> when a file changes, also if it can no longer be opened, which a provider does not announce.</summary>
    public IDisposable OnChange(Action changed) => ChangeToken.OnChange(
        () => new CompositeChangeToken([.. _files.Where(file => file.ReloadOnChange).Select(file => file.FileProvider!.Watch(file.Path!))]), changed);

    private static IFileInfo? Find(FileConfigurationSource source) => source.FileProvider?.GetFileInfo(source.Path ?? "");

    private static string? FaultOf(FileConfigurationSource source)
    {
        if (Find(source) is not { Exists: true } file)
        {
            return "the file is gone.";
        }

        try
        {
            using var stream = file.CreateReadStream();
            using var document = source is JsonConfigurationSource ? JsonDocument.Parse(stream, Format) : null;
            return null;
        }
        catch (JsonException exception)
        {
            return $"no JSON from line {exception.LineNumber + 1} on.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "the file cannot be read.";
        }
    }
}
