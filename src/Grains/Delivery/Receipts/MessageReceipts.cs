using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;
using Otp.Telemetry;

namespace Otp.Delivery;

/// <summary>What target grains need for receipts: addresses to report to, the reports, and what a message needs to be handed over.</summary>
public sealed partial class MessageReceipts(
    ReceiptTokens tokens, ServiceKeys keys, Seal seal, CodeDelivery delivery, IOptions<OtpOptions> options, ILogger<MessageReceipts> logger)
{
    private readonly string? _root = options.Value.Receipts.BaseUrl is { } address ? address.TrimEnd('/') + ReceiptTokens.Root : null;

    /// <summary>Where providers report on the latest delivery of a send; null where they are not asked to.</summary>
    public ReceiptAddress? AddressOf(string grainKey, CompletedOperation send) =>
        _root is null ? null : new ReceiptAddress(tokens, _root, grainKey, new DeliveryId(send.Id, send.At, send.Redeliveries));

    public ReceiptReading Read(ReceiptRequest request)
    {
        var reading = _root is null ? new ReceiptReading(ReceiptStatus.UnknownProvider) : delivery.ReadReceipt(request, $"{_root}/{request.Path}");
        if (reading.Status == ReceiptStatus.Forged)
        {
            LogForged(request.Provider);
        }

        return reading;
    }

    /// <summary>Counts a report that changed what is known of a message.</summary>
    public void Count(string program, MessageReport report, bool isHandedOver)
    {
        DeliveryMetrics.CountReceipt(program, report);
        if (isHandedOver)
        {
            LogHandedOver(report.Provider, report.Reason);
        }
        else if (report.State == DeliveryState.Undelivered)
        {
            LogUndelivered(report.Provider, report.Reason);
        }
    }

    /// <summary>The decision on a new send, with what its message needs to be handed over if the program hands messages over.</summary>
    public SendDecision Keep(SendDecision decision, SendRequest request, OtpProgram program, string grainKey)
    {
        if (!program.Delivery.HandOverUndelivered || decision is not { IsChanged: true, IsRepeat: false, Operation: { } sent })
        {
            return decision;
        }

        var details = JsonSerializer.SerializeToUtf8Bytes(HandOverDetails.Of(request), StateJson.Default.HandOverDetails);
        var kept = sent with { HandOver = seal.Close(keys.HandOver, details, grainKey) };
        return decision with { Operation = kept, State = decision.State with { Operations = decision.State.Operations.Replace(sent, kept) } };
    }

    /// <summary>Opens what <see cref="Keep"/> has sealed.</summary>
    public HandOverDetails DetailsOf(CompletedOperation send, string grainKey) =>
        JsonSerializer.Deserialize(Seal.Open(keys.HandOver, send.HandOver, grainKey), StateJson.Default.HandOverDetails)!;

    [LoggerMessage(2013, LogLevel.Information, "{Provider} did not deliver a message that it had taken: {Reason}")]
    private partial void LogUndelivered(string? provider, UndeliveredReason reason);

    [LoggerMessage(2014, LogLevel.Information, "{Provider} did not deliver a message that it had taken: {Reason}; it is handed over to the next provider")]
    private partial void LogHandedOver(string? provider, UndeliveredReason reason);

    [LoggerMessage(2015, LogLevel.Warning, "A report on a message is not signed by {Provider}, whose address it came to")]
    private partial void LogForged(string provider);
}

/// <summary>Where providers report what becomes of one delivery: at an address of its own for each of them.</summary>
/// <param name="root">The public address of <see cref="ReceiptTokens.Root"/>.</param>
/// <param name="grainKey">The key of the target's grain.</param>
public sealed class ReceiptAddress(ReceiptTokens tokens, string root, string grainKey, DeliveryId delivery)
{
    /// <summary>The address for one provider.</summary>
    /// <param name="kind">The kind of provider, as <see cref="ReceiptTokens"/> names it.</param>
    public string For(string kind, string provider)
    {
        var place = $"{kind}/{provider}";
        return $"{root}/{place}/{tokens.Create(place, grainKey, delivery)}";
    }
}
