using Microsoft.Extensions.Logging;
using Otp.Targets;

namespace Otp.Delivery;

public sealed partial class DeliveryService
{
    [LoggerMessage(2001, LogLevel.Debug, "{Provider} took a message after {Elapsed} ms")]
    private partial void LogAccepted(string provider, long elapsed);

    [LoggerMessage(2002, LogLevel.Warning, "{Provider} did not take a message: {Failure} after {Elapsed} ms")]
    private partial void LogRefused(string provider, DeliveryFailure failure, long elapsed);

    [LoggerMessage(2004, LogLevel.Error, "No provider took a message to {Channel} of program {Program}: given up after {Elapsed} ms")]
    private partial void LogUndelivered(Channel channel, string program, long elapsed);
}
