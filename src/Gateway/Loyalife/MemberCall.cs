using Otp.Gateway.Auth;
using Otp.Gateway.Http;
using Otp.Programs;

namespace Otp.Gateway.Loyalife;

/// <summary>What generate and verify calls have in common, read and checked.</summary>
/// <param name="Program">The caller's program.</param>
/// <param name="Scope">What the caller's token is bound to, if anything.</param>
/// <param name="Purpose">Why the code is asked for.</param>
/// <param name="Reference">The member's e-mail address or RelationReference as the caller wrote it.</param>
/// <param name="IdempotencyKey">The caller's name for the operation, if it gave one.</param>
internal sealed record MemberCall(OtpProgram Program, MemberScope? Scope, Purpose Purpose, string Reference, string? IdempotencyKey)
{
    /// <summary>Reads the members that both calls have; what else the body must have is read before.</summary>
    /// <returns>Null if something is wrong, and the request has been answered.</returns>
    public static async ValueTask<MemberCall?> ReadAsync(HttpContext context, JsonBody body, MemberLookup lookup)
    {
        var program = Caller.ProgramOf(context);
        var reference = body.Required(lookup.Field);
        var purpose = OtpTypes.Find(body.Required(MemberFields.OtpType)).GetValueOrDefault();
        var programId = body.Required(MemberFields.ProgramId);
        body.Required(MemberFields.RelationType);
        if (!body.IsValid)
        {
            await body.WriteErrorsAsync(context);
            return null;
        }

        if (!Http.IdempotencyKey.TryRead(context.Request, out var key))
        {
            await LoyalifeAnswer.WriteMalformedAsync(context, Http.IdempotencyKey.Malformed);
            return null;
        }

        if (!IsIdOf(program, programId))
        {
            await LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.ForeignProgram);
            return null;
        }

        return new MemberCall(program, MemberScope.Of(context.User), purpose, reference, key);
    }

    /// <summary>Without whom it is about.</summary>
    public override string ToString() => $"{nameof(MemberCall)} {Purpose}";

    private static bool IsIdOf(OtpProgram program, long id)
    {
        Span<char> text = stackalloc char[20];
        return id.TryFormat(text, out var length, default, System.Globalization.CultureInfo.InvariantCulture) && program.Id.AsSpan().SequenceEqual(text[..length]);
    }
}
