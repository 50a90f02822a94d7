using Otp.Contract;
using Otp.Targets;

namespace Otp.PlainOrleans;

/// <summary>One address or number of one program: its windows, live code, lockout and latest operations.</summary>
[Alias("plain.ITargetGrain")]
public interface ITargetGrain : IGrainWithStringKey
{
    [Alias("Send")]
    Task<SendResult> Send(SendCommand command);

    [Alias("Verify")]
    Task<VerifyResult> Verify(VerifyCommand command);
}

/// <summary>Asks for a code.</summary>
[GenerateSerializer, Immutable, Alias("plain.SendCommand")]
public sealed record SendCommand([property: Id(0)] string Program, [property: Id(1)] Target Target, [property: Id(2)] Operation Operation);

/// <summary>A guess at the code.</summary>
[GenerateSerializer, Immutable, Alias("plain.VerifyCommand")]
public sealed record VerifyCommand(
    [property: Id(0)] string Program, [property: Id(1)] Target Target, [property: Id(2)] string Code, [property: Id(3)] Operation Operation)
{
    /// <summary>Without the guess.</summary>
    public override string ToString() => nameof(VerifyCommand);
}
