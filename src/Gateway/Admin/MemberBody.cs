using Otp.Members;
using Otp.Text;

namespace Otp.Gateway.Admin;

/// <summary>The body of a member: <c>{email?, phone?, channel?, locale?}</c>, at least one address, and one on the channel.</summary>
internal static class MemberBody
{
    private static readonly FieldFault NoAddress = FieldFault.Missing with { Message = "Field required, this or phone" };
    public static readonly TextField EmailField = new("email") { MinLength = 1, MaxLength = TargetParser.MaxTextLength };
    public static readonly TextField PhoneField = new("phone") { MinLength = 1, MaxLength = TargetParser.MaxTextLength };
    public static readonly TextField ChannelField = new("channel") { OneOf = ["email", "phone"] };

    public static readonly TextField LocaleField = new("locale")
    {
        MaxLength = LanguageTag.MaxLength,
        Clean = static text => LanguageTag.Parse(text) ?? text,
        Fault = static text => LanguageTag.Parse(text) is null ? "not a language tag like pt or pt-BR" : null,
    };

    /// <summary>Reads a member; what is at fault is noted in the body.</summary>
    public static Member Read(JsonBody body, string relationReference, string? region)
    {
        var email = Canonical(body, EmailField, Channel.Email, region, "not an e-mail address");
        var phone = Canonical(body, PhoneField, Channel.Phone, region, "not a phone number");
        var named = body.Optional(ChannelField) switch
        {
            "email" => Channel.Email,
            "phone" => Channel.Phone,
            _ => (Channel?)null,
        };
        var channel = named ?? (email is null && phone is not null ? Channel.Phone : Channel.Email);
        var member = new Member(relationReference, email, phone, channel, body.Optional(LocaleField));
        if (body.IsValid && member.TargetOn(channel) is null)
        {
            var isAnyEnough = named is null && email is null && phone is null;
            body.Refuse(channel == Channel.Email ? EmailField.Name : PhoneField.Name, isAnyEnough ? NoAddress : FieldFault.Missing);
        }

        return member;
    }

    private static string? Canonical(JsonBody body, TextField field, Channel channel, string? region, string error)
    {
        if (body.Optional(field) is not { Length: > 0 } text)
        {
            return null;
        }

        if (TargetParser.TryParse(text, region, out var target) && target.Channel == channel)
        {
            return target.Value;
        }

        body.Refuse(field.Name, FieldFault.Invalid(error));
        return null;
    }
}
