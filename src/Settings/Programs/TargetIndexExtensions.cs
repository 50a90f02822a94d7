using Otp.Targets;

namespace Otp.Programs;

/// <summary>Finds the grain of a target by its program's rules.</summary>
public static class TargetIndexExtensions
{
    /// <summary>The grain key of the target's mailbox (<see cref="OtpProgram.MailboxOf"/>) or phone number.</summary>
    public static string KeyFor(this TargetIndex index, OtpProgram program, Target target) => index.KeyFor(program.Id, program.MailboxOf(target));

    /// <summary>The grain key of what stands in for the target.</summary>
    public static string DecoyFor(this TargetIndex index, OtpProgram program, Target target) => index.DecoyFor(program.Id, program.MailboxOf(target).Value);
}
