using Orleans.Otp.Delivery;
using Orleans.Otp.Storage;
using Orleans.Otp.Targets;
using Orleans.Runtime;

namespace Orleans.Otp.Rehearsal;

/// <inheritdoc cref="IRehearsalGrain"/>
[GrainType("rehearsal")]
public sealed class RehearsalGrain(TargetServices services, MessageComposer composer) : Grain, IRehearsalGrain
{
    public async Task<SendOutcome> Rehearse(SendRequest request)
    {
        DeactivateOnIdle();
        var rules = services.RulesOf(services.Programs, this.GetPrimaryKeyString());
        var program = rules.Program;
        var record = new StoredRecord<TargetState>(services.Storage, this.GetGrainId(), TargetState.Empty);
        var now = services.Time.GetUtcNow();

        var sent = rules.Send(record.State, request.Purpose, request.Operation, (services.NextNonce(), services.Codes.CurrentKeyId), now.UtcTicks);
        await record.TryCommitAsync(sent.State);
        try
        {
            var code = services.Codes.Derive(sent.Code!, program.Id, request.Target);
            composer.Compose(program, request.Target, request.Purpose, request.Locale, code, now.AddMinutes(5));
            var verified = rules.Verify(
                TargetRules.Delivered(record.State, request.Operation),
                request.Purpose,
                request.Operation with { Id = services.NextNonce() },
                live => services.Matches(live, program, new VerifyRequest(request.Target, request.Purpose, code, request.Operation)),
                now.UtcTicks);
            await record.TryCommitAsync(verified.State);
            return new SendOutcome(sent.Status, sent.RetryAfter, rules.Usage(record.State, request.Purpose, now.UtcTicks));
        }
        finally
        {
            await record.ClearAsync();
        }
    }
}
