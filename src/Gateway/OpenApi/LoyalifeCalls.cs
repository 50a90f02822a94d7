using Microsoft.OpenApi;
using Otp.Gateway.Loyalife;

namespace Otp.Gateway.OpenApi;

/// <summary>What the document says of Loyalife's calls. Schemas have the names of the published API.</summary>
internal static class LoyalifeCalls
{
    private static readonly ApiField Email = ApiField.Required(MemberFields.Email, "The member's e-mail address.", "jane.doe@example.com");

    private static readonly ApiField RelationReference =
        ApiField.Required(MemberFields.RelationReference, "The member's RelationReference (CID): the program's own name for it.", "CID-1001");

    private static readonly ApiField[] Common =
    [
        ApiField.Required(MemberFields.OtpType, new OpenApiSchemaReference(Schemas.OtpType), "LOGIN"),
        ApiField.Required(MemberFields.ProgramId, "The token's program; any other is refused with 403.", 19),
        ApiField.Required(MemberFields.RelationType, "4: a customer.", 4),
    ];

    private static readonly ApiField[] Source =
    [
        ApiField.Optional(MemberFields.SourceAddress, "IP address of the end user, with or without a port: the limit of sends from one address counts it. What is no address is ignored.", "192.168.1.1"),
        ApiField.Optional(MemberFields.SourceCode, "Origin: 1 Web, 2 Mobile, 3 Email, 4 Service.", 1),
    ];

    private static readonly ApiField[] Destination =
    [
        ApiField.Required(MemberFields.Otp, "The code as an integer. Leading zeros are lost, so it is compared as a number of the code's length.", 123456),
        ApiField.Optional(MemberFields.DestinationAddress, "IP address that the code was entered at. Not used.", "192.168.1.1"),
        ApiField.Optional(MemberFields.Destination, "Where the code was entered.", "Web"),
    ];

    public static readonly ApiCall Token = new(
        "generateAuthToken",
        ApiDocument.Loyalife,
        "Get an access token",
        "Exchanges a client's id and secret for a JWT, 30 minutes by default. A `scope` binds it to one member and purpose; without one it is good for the LoyaltyDog and admin calls too, as far as the client's roles go.",
        ApiAnswer.Of(200, "token", "The token.", new LoyalifeTokenAnswer(new LoyalifeToken("{header}.{payload}.{signature}", "2026-03-16T15:15:02Z"))))
    {
        Body = new ApiBody(
            "LoyalifeTokenRequest",
            "A client's id and secret, and the member and purpose that the token is bound to.",
            ["demo", "bound"],
            ApiField.Required(TokenEndpoint.GrantType, "OAuth2's name of the exchange.", "client_credentials"),
            ApiField.Required(TokenEndpoint.ClientId, "The client's id.", "demo"),
            ApiField.Required(TokenEndpoint.ClientSecret, "The client's secret.", "demo-secret"),
            ApiField.Optional(TokenEndpoint.Scope, "JSON array as text, `[\"LOGIN\",\"{RelationReference}\"]`: binds the token to that purpose of that member.", null, """["LOGIN","CID-1001"]""")),
        Refusals = ApiCall.TokenRefusals,
        Refuse = LoyalifeAnswer.RefuseAsync,
        CallsGrain = false,
    };

    public static readonly ApiCall Generate = Sends(
        "generateOTP",
        "Send a code to a member, by e-mail address",
        "Sends a code to the member's registered channel. Members are registered with `PUT /admin/members/{relationReference}`; a program may also allow unregistered addresses. `OtpType` decides which template and expiry apply.",
        "GenerateOTPRequest",
        Email);

    public static readonly ApiCall GenerateByRelationReference = Sends(
        "generateOTPByRelationReference",
        "Send a code to a member, by RelationReference",
        "The same, the member named by its RelationReference (CID).",
        "GenerateOTPByRelationReferenceRequest",
        RelationReference);

    public static readonly ApiCall Verify = Verifies(
        "verifyOTP", "Verify a member's code, by e-mail address", "`OtpType` must be that of the generate call.", "VerifyOTPByEmailRequest", Email);

    public static readonly ApiCall VerifyByRelationReference = Verifies(
        "verifyOTPByRelationReference",
        "Verify a member's code, by RelationReference",
        "The same, the member named by its RelationReference (CID).",
        "VerifyOTPByRelationReferenceRequest",
        RelationReference);

    private static ApiCall Sends(string id, string summary, string description, string schema, ApiField member) => Of(
        id,
        summary,
        description,
        "Sent, or nobody is registered so, or the member cannot be reached: nothing tells which.",
        new ApiBody(schema, "Whom to send a code to.", ["jane"], [member, .. Source, .. Common]),
        ApiCall.SendRefusals);

    private static ApiCall Verifies(string id, string summary, string description, string schema, ApiField member) => Of(
        id,
        summary,
        description,
        "The code is right, and consumed.",
        new ApiBody(schema, "A code and whose it is.", ["jane"], [member, .. Destination, .. Common]),
        ApiCall.VerifyRefusals);

    private static ApiCall Of(string id, string summary, string description, string done, ApiBody body, IReadOnlyList<Refusal> refusals) =>
        new(id, ApiDocument.Loyalife, summary, description)
        {
            Body = body,
            Answers = [new ApiAnswer("done", done, LoyalifeAnswer.WriteDoneAsync) { Status = 200, Type = typeof(LoyalifeAnswer) }],
            Parameters = [ApiParameters.IdempotencyKey],
            Refusals = [Refusal.ForeignProgram, Refusal.OutOfScope, .. refusals],
            Refuse = LoyalifeAnswer.RefuseAsync,
        };
}
