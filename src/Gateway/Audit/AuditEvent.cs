namespace Otp.Gateway.Audit;

/// <summary>
/// One audited request, a line of the audit's file: who did what to whom, from where, and how it ended. What is not known is left out. Nothing
/// in it is what a caller wrote.
/// </summary>
/// <param name="Time">When it was answered, in UTC.</param>
/// <param name="RequestId">The id in the answer's <c>X-Request-Id</c>.</param>
/// <param name="Act">What was asked for.</param>
/// <param name="Client">Who asked; null if it did not prove who it is.</param>
/// <param name="ClaimedClient">The client whose id was given with a secret that was wrong, or that was not looked at; null if there is none with that id.</param>
/// <param name="Program">For which program; null likewise.</param>
/// <param name="Caller">The address that it came from; null if the server knows none.</param>
/// <param name="Subject">The first 64 bits of the keyed hash of whom it is about; null if it did not come that far.</param>
/// <param name="Outcome">How it ended for the domain; else <c>done</c>, <c>refused</c>, <c>abandoned</c> or <c>failed</c>, by the status.</param>
/// <param name="Status">The answer's status; 499 where the caller hung up before there was one.</param>
internal readonly record struct AuditEvent(
    DateTime Time,
    string RequestId,
    string Act,
    string? Client,
    string? ClaimedClient,
    string? Program,
    string? Caller,
    string? Subject,
    string Outcome,
    int Status);

/// <summary>
/// What a status says of how a request ended: done, or refused for a reason of the caller's, or failed for one of the service's, or abandoned
/// because nobody waited for its end.
/// </summary>
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

/// <summary>Source-generated JSON of the audit.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEvent))]
internal sealed partial class AuditJson : JsonSerializerContext;
