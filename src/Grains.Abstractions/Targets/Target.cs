namespace Otp.Targets;

/// <summary>One e-mail address or one phone number, in canonical form; <see cref="TargetParser"/> makes it.</summary>
/// <param name="Value">The canonical text: a lower-case ASCII address, or E.164 with its <c>+</c>.</param>
[GenerateSerializer, Immutable, Alias("otp.Target")]
public sealed record Target(
    [property: Id(0)] Channel Channel,
    [property: Id(1)] string Value)
{
    /// <summary>The channel alone: a person's address must not reach a log or an error by being formatted.</summary>
    public override string ToString() => Channel.ToString();
}

/// <summary>How a target is reached.</summary>
public enum Channel
{
    Email = 0,
    Phone = 1,
}
