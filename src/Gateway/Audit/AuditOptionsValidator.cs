using Microsoft.Extensions.Options;

namespace Otp.Gateway.Audit;

/// <summary>Refuses a path that cannot be written: an audit that is missed only when it is needed is worse than none.</summary>
internal sealed class AuditOptionsValidator : IValidateOptions<OtpOptions>
{
    private string? _sound;

    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        // Settings are validated again when they change; the file is open then, and its path cannot change.
        if (options.Audit.Path is not { } path || path == _sound)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            AuditFile.Open(path).Dispose();
            _sound = path;
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail($"Otp:Audit:Path cannot be written: {exception.Message}");
        }
    }
}
