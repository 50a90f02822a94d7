using Otp.Programs;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>What a design does behind the HTTP that the designs have in common.</summary>
internal interface IOneTimeCodeService
{
    /// <summary>Makes a code and delivers it, unless a window or the lockout forbids it.</summary>
    Task<SendResult> SendAsync(OtpProgram program, Target target, Operation operation);

    /// <summary>Compares a guess with the live code and consumes the code if it is right.</summary>
    Task<VerifyResult> VerifyAsync(OtpProgram program, Target target, string code, Operation operation);

    /// <summary>Finds or creates the customer of a verified target and opens its session.</summary>
    Task<Session> SignInAsync(OtpProgram program, Target target, Proof proof, string? name);

    /// <summary>Whether a member has the address.</summary>
    Task<bool> HasMemberAsync(OtpProgram program, Target email);
}
