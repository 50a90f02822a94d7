using Microsoft.Extensions.Logging;

namespace Otp.Delivery;

public sealed partial class MessageComposer
{
    [LoggerMessage(2011, LogLevel.Error, "A template of program {Program} broke with {ExceptionType}: the built-in message is sent")]
    private partial void LogUnrendered(string program, Type exceptionType);
}
