using System.Net;
using Microsoft.Extensions.Logging;

namespace Otp.Hosting.Cluster;

internal sealed partial class HandshakeGuard
{
    [LoggerMessage(
        2030,
        LogLevel.Warning,
        "A connection from {Remote} is refused: that process has not proved that it holds the cluster's secret ({Fault})")]
    private partial void LogRefused(EndPoint? remote, HandshakeFault fault);

    [LoggerMessage(
        2031,
        LogLevel.Warning,
        "No connection to {Remote}: that process has not proved that it holds the cluster's secret, or has refused this one")]
    private partial void LogNotJoined(EndPoint? remote);

    [LoggerMessage(2032, LogLevel.Debug, "A connection from {Remote} ended before anything was said")]
    private partial void LogKnock(EndPoint? remote);
}
