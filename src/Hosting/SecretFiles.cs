using Otp.Programs;

namespace Otp.Hosting;

/// <summary>Settings from files, one setting a file, as container secrets are mounted (<c>Otp:SecretsDirectory</c>).</summary>
internal static class SecretFiles
{
    private const string Key = $"{OtpOptions.Section}:{nameof(OtpOptions.SecretsDirectory)}";

    /// <summary>Reads the files, if the settings so far name a directory. They override every other source.</summary>
    /// <exception cref="ConfigurationException">The directory or a file in it cannot be read.</exception>
    public static void AddSecretFiles(this IConfigurationManager configuration)
    {
        if (configuration[Key] is not { Length: > 0 } directory)
        {
            return;
        }

        try
        {
            configuration.AddKeyPerFile(Path.GetFullPath(directory), optional: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"{Key} cannot be read: {exception.Message}"]);
        }
    }
}
