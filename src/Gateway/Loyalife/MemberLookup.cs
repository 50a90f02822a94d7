using Otp.Gateway.Http;
using Otp.Members;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Gateway.Loyalife;

/// <summary>One of the two ways to say whom a call is about.</summary>
/// <param name="Field">How <c>UniquerefID</c> is read.</param>
/// <param name="FindAsync">Finds whom a text that <paramref name="Field"/> accepted is about.</param>
internal sealed record MemberLookup(TextField Field, Func<Recipients, OtpProgram, Purpose, string, Task<Recipient>> FindAsync)
{
    public static readonly MemberLookup ByEmail = new(MemberFields.Email, FindByEmailAsync);
    public static readonly MemberLookup ByRelationReference = new(MemberFields.RelationReference, FindByRelationReferenceAsync);

    private static Task<Recipient> FindByEmailAsync(Recipients recipients, OtpProgram program, Purpose purpose, string text) =>
        TargetParser.TryParse(text, defaultRegion: null, out var email)
            ? recipients.FindByEmailAsync(program, purpose, email)
            : throw new ArgumentException("Not an e-mail address.", nameof(text));

    private static Task<Recipient> FindByRelationReferenceAsync(Recipients recipients, OtpProgram program, Purpose purpose, string text) =>
        RelationReference.Parse(text) is { } reference
            ? recipients.FindByRelationReferenceAsync(program, purpose, reference)
            : throw new ArgumentException("Not a RelationReference.", nameof(text));
}
