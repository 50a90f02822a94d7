using Microsoft.Extensions.Logging;

namespace Otp.Programs;

public sealed partial class ProgramReload
{
    [LoggerMessage(1001, LogLevel.Information, "The changed settings are in force: {Programs} programs")]
    private partial void LogReplaced(int programs);

    [LoggerMessage(1002, LogLevel.Error, "The changed settings are refused, all of them; those before stay in force:{Faults}")]
    private partial void LogRefused(string faults);
}
