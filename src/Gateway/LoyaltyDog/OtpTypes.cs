using Otp.Targets;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>The API's names of the channels.</summary>
internal static class OtpTypes
{
    public static string Of(Channel channel) => channel switch
    {
        Channel.Email => "email",
        Channel.Phone => "phone",
    };
}
