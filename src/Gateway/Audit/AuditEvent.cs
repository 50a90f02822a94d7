using Otp.Keys;

namespace Otp.Gateway.Audit;

/// <summary>One audited request: who did what to whom, from where, and how it ended. Nothing in it is what a caller wrote.</summary>
/// <param name="Time">When it was answered.</param>
/// <param name="RequestId">The id in the answer's <c>X-Request-Id</c>.</param>
/// <param name="Act">What was asked for.</param>
/// <param name="Client">Who asked; null if it did not prove who it is.</param>
/// <param name="ClaimedClient">The client whose id was given with a secret that was wrong, or that was not looked at; null if there is none with that id.</param>
/// <param name="Program">For which program; null likewise.</param>
/// <param name="Caller">The address that it came from; null if the server knows none.</param>
/// <param name="GrainKey">Whom it is about; null if it did not come that far.</param>
/// <param name="Outcome">How it ended for the domain; else <c>done</c>, <c>refused</c>, <c>abandoned</c> or <c>failed</c>, by the status.</param>
/// <param name="Status">The answer's status; 499 where the caller hung up before there was one.</param>
internal readonly record struct AuditEvent(
    DateTimeOffset Time,
    string RequestId,
    string Act,
    string? Client,
    string? ClaimedClient,
    string? Program,
    string? Caller,
    string? GrainKey,
    string? Outcome,
    int Status)
{
    /// <summary>The first 64 bits of the keyed hash of whom it is about.</summary>
    public string? Subject => GrainKey is null ? null : GrainKeys.ShortNameOf(GrainKey);

    /// <summary>Whether it was done, or refused for a reason of the caller's, or failed for one of the service's, or nobody waited for its end.</summary>
    public AuditResult Result => Status switch
    {
        < StatusCodes.Status400BadRequest => AuditResult.Done,
        StatusCodes.Status499ClientClosedRequest => AuditResult.Abandoned,
        < StatusCodes.Status500InternalServerError => AuditResult.Refused,
        _ => AuditResult.Failed,
    };

    /// <summary>Writes it as one JSON object; what is not known is left out.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("time"u8, Time.UtcDateTime);
        json.WriteString("requestId"u8, RequestId);
        json.WriteString("act"u8, Act);
        WriteKnown(json, "client"u8, Client);
        WriteKnown(json, "claimedClient"u8, ClaimedClient);
        WriteKnown(json, "program"u8, Program);
        WriteKnown(json, "caller"u8, Caller);
        WriteKnown(json, "subject"u8, Subject);
        json.WriteString("outcome"u8, Outcome ?? Telemetry.TagValues.Of(Result));
        json.WriteNumber("status"u8, Status);
        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}

/// <summary>What a status says of how a request ended.</summary>
internal enum AuditResult
{
    Done,
    Refused,
    Failed,
    Abandoned,
}

/// <summary>Marks an endpoint whose requests are audited.</summary>
/// <param name="Name">What the audit calls it.</param>
/// <param name="IsOperators">Whether it is an operator's act, which is logged too.</param>
internal sealed record AuditedAct(string Name, bool IsOperators = false);
