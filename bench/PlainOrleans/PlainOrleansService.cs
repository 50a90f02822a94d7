using Otp.Contract;
using Otp.Programs;
using Otp.Targets;

namespace Otp.PlainOrleans;

/// <summary>Asks the grains.</summary>
internal sealed class PlainOrleansService(IGrainFactory grains, TargetIndex targets) : IOneTimeCodeService
{
    public Task<SendResult> SendAsync(OtpProgram program, Target target, Operation operation) =>
        grains.GetGrain<ITargetGrain>(targets.KeyFor(program.Id, target)).Send(new SendCommand(program.Id, target, operation));

    public Task<VerifyResult> VerifyAsync(OtpProgram program, Target target, string code, Operation operation) =>
        grains.GetGrain<ITargetGrain>(targets.KeyFor(program.Id, target)).Verify(new VerifyCommand(program.Id, target, code, operation));

    public Task<Session> SignInAsync(OtpProgram program, Target target, Proof proof, string? name) =>
        grains.GetGrain<ICustomerGrain>(targets.KeyFor(program.Id, target)).SignIn(new SignInCommand(target, proof, name));

    public async Task<bool> HasMemberAsync(OtpProgram program, Target email)
    {
        var key = targets.KeyFor(program.Id, email);
        var owner = await grains.GetGrain<IMemberEmailGrain>(key).GetOwner();
        return await grains.GetGrain<IMemberGrain>(owner ?? key).Exists();
    }
}
