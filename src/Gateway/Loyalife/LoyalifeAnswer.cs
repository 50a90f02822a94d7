using Otp.Gateway.Http;

namespace Otp.Gateway.Loyalife;

/// <summary>The envelope of every answer: <c>{"results":{…}}</c>.</summary>
internal sealed record LoyalifeAnswer([property: JsonPropertyName("results")] LoyalifeResults Results)
{
    private static readonly byte[] Done = JsonSerializer.SerializeToUtf8Bytes(
        new LoyalifeAnswer(new LoyalifeResults(LoyalifeErrorCode.Success.Code, LoyalifeErrorCode.Success.Text)), LoyalifeJson.Answers.LoyalifeAnswer);

    /// <summary>Answers that it is done.</summary>
    public static Task WriteDoneAsync(HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, Done);

    /// <summary>Answers that the request is malformed, and where.</summary>
    public static Task WriteMalformedAsync(HttpContext context, string faults) =>
        WriteAsync(context, LoyalifeErrorCode.BadRequest, $"{LoyalifeErrorCode.BadRequest.Text}: {faults}");

    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="error">Which.</param>
    /// <param name="text">More than the error's own words; never a code, a target or a secret.</param>
    /// <param name="status">Another status than the error's own.</param>
    public static Task WriteAsync(HttpContext context, LoyalifeErrorCode error, string? text = null, int? status = null) => JsonAnswer.WriteAsync(
        context,
        status ?? error.Status,
        new LoyalifeAnswer(new LoyalifeResults(error.Code, text ?? error.Text)),
        LoyalifeJson.Answers.LoyalifeAnswer);
}
