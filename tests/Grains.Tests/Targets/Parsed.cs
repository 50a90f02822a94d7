using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

internal static class Parsed
{
    /// <summary>The canonical text of a target of the channel; null if the text is none.</summary>
    public static string? As(Channel channel, string? text, string? region = null) =>
        TargetParser.TryParse(text, region, out var target) && target.Channel == channel ? target.Value : null;

    public static bool IsTarget(string? text, string? region = null) => TargetParser.TryParse(text, region, out _);
}
