using Orleans.Otp.Operations;

namespace Orleans.Otp.Targets;

/// <summary>Asks for a code to be sent to <paramref name="Target"/>.</summary>
[GenerateSerializer, Immutable, Alias("otp.SendRequest")]
public sealed record SendRequest(
    [property: Id(0)] Target Target,
    [property: Id(1)] Purpose Purpose,
    [property: Id(2)] Operation Operation);
