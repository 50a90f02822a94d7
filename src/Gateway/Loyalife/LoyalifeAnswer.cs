namespace Otp.Gateway.Loyalife;

/// <summary>The envelope of every answer.</summary>
internal sealed record LoyalifeAnswer([property: JsonPropertyName("results")] LoyalifeResults Results)
{
    private static readonly byte[] Done =
        JsonAnswer.Serialize(new LoyalifeAnswer(new LoyalifeResults(LoyalifeErrorCode.Success.Code, LoyalifeErrorCode.Success.Text)));

    public static Task WriteDoneAsync(HttpContext context) => JsonAnswer.WriteRawAsync(context, StatusCodes.Status200OK, Done);

    public static Task RefuseAsync(HttpContext context, Refusal refusal) => refusal == Refusal.MalformedKey
        ? WriteMalformedAsync(context, IdempotencyKey.Malformed)
        : WriteAsync(context, LoyalifeErrorCode.Of(refusal));

    /// <summary>Answers that the request is malformed, and where.</summary>
    public static Task WriteMalformedAsync(HttpContext context, string faults) =>
        WriteAsync(context, LoyalifeErrorCode.BadRequest, $"{LoyalifeErrorCode.BadRequest.Text}: {faults}");

    /// <summary>Answers with an error.</summary>
    /// <param name="error">Which.</param>
    /// <param name="text">More than the error's own words; never a code, a target or a secret.</param>
    /// <param name="status">Another status than the error's own.</param>
    public static Task WriteAsync(HttpContext context, LoyalifeErrorCode error, string? text = null, int? status = null) =>
        JsonAnswer.WriteAsync(context, status ?? error.Status, new LoyalifeAnswer(new LoyalifeResults(error.Code, text ?? error.Text)));
}

/// <summary>What an answer says; the members are spelled as Loyalife spells them.</summary>
/// <param name="ErrorCode">The error; <c>000</c> for none.</param>
/// <param name="ExceptionMessage">The error in words; never a code, a target or a secret.</param>
internal sealed record LoyalifeResults(
    [property: JsonPropertyName("ErrorCode")] string ErrorCode,
    [property: JsonPropertyName("ExceptionMessage")] string ExceptionMessage)
{
    [JsonPropertyOrder(-1), JsonPropertyName(nameof(IsSucessful))]
    public bool IsSucessful => ErrorCode == LoyalifeErrorCode.Success.Code;

    /// <summary>True for what was done, null for what was not.</summary>
    [JsonPropertyName(nameof(ReturnObject))]
    public bool? ReturnObject => IsSucessful ? true : null;

    [JsonPropertyName(nameof(Count))]
    public int Count => 0;
}

/// <summary>The answer to a token request.</summary>
internal sealed record LoyalifeTokenAnswer([property: JsonPropertyName("results")] LoyalifeToken Results);

/// <summary>A token as Loyalife hands it out.</summary>
/// <param name="Token">The JWT.</param>
/// <param name="TokenExpiresOn">Its end in ISO 8601: UTC, in whole seconds.</param>
internal sealed record LoyalifeToken(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("tokenExpiresOn")] string TokenExpiresOn)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(LoyalifeToken)} until {TokenExpiresOn}";
}

/// <summary>Puts every error of the surface into its envelope.</summary>
internal sealed class LoyalifeErrors : ISurfaceErrors
{
    public PathString Root => LoyalifeEndpoints.Root;

    public Task WriteAsync(HttpContext context, int status, string text)
    {
        var error = LoyalifeErrorCode.Of(status);
        return LoyalifeAnswer.WriteAsync(context, error, $"{error.Text}: {text}", status);
    }

    public Task WriteFaultsAsync(HttpContext context, string faults) => LoyalifeAnswer.WriteMalformedAsync(context, faults);
}
