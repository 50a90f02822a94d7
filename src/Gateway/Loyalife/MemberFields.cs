using Otp.Gateway.Limits;
using Otp.Text;

namespace Otp.Gateway.Loyalife;

/// <summary>The members of the generate and verify bodies.</summary>
internal static class MemberFields
{
    // Room for a list, as proxies make it.
    private const int LongestAddress = 255;

    public static readonly TextField Email = new("UniquerefID") { MinLength = 1, MaxLength = TargetParser.MaxTextLength, Clean = PastedText.Clean, Fault = EmailFault };

    public static readonly TextField RelationReference =
        new("UniquerefID") { MinLength = 1, MaxLength = Members.RelationReference.MaxLength, Clean = PastedText.Clean, Fault = RelationReferenceFault };

    public static readonly TextField OtpType = new("OtpType") { OneOf = OtpTypes.Names };
    public static readonly IntegerField ProgramId = new("ProgramId", 0, long.MaxValue);

    /// <summary>4: a customer, the only relation there is.</summary>
    public static readonly IntegerField RelationType = new("RelationType", 4, 4);

    /// <summary>1 Web, 2 Mobile, 3 Email, 4 Service.</summary>
    public static readonly IntegerField SourceCode = new("SourceCode", 1, 4);

    /// <summary>As many digits as the longest code has; how many it may have in fact is the policy's.</summary>
    public static readonly IntegerField Otp = new("OTP", 0, 9_999_999_999);

    /// <summary>Where the end user is, as far as <see cref="EndUserAddress"/> can read it.</summary>
    public static readonly TextField SourceAddress = new("SourceAddress") { MaxLength = LongestAddress };

    public static readonly TextField Destination = new("Destination") { OneOf = ["Web", "Mobile"] };

    /// <summary>Not used: it says nothing that decides anything.</summary>
    public static readonly TextField DestinationAddress = new("DestinationAddress") { MaxLength = LongestAddress };

    // The parser accepts no national number without a region: what is left is e-mail addresses.
    private static string? EmailFault(string text) =>
        TargetParser.TryParse(text, defaultRegion: null, out var target) && target.Channel == Channel.Email ? null : "not an e-mail address";

    private static string? RelationReferenceFault(string text) =>
        Members.RelationReference.Parse(text) is not null ? null : "not a RelationReference: 1 to 255 characters, none of them a control";
}
