namespace Otp.Delivery;

/// <summary>What a code is for, in words that people know, to follow "to".</summary>
internal static class PurposePhrases
{
    public static string Of(Purpose purpose) => purpose switch
    {
        Purpose.None => "confirm that it is you",
        Purpose.Activation => "activate your account",
        Purpose.Login => "sign in",
        Purpose.ForgotPwd => "replace a forgotten password",
        Purpose.ChangePassword => "change your password",
        Purpose.ResetPassword => "reset your password",
        Purpose.ForgotUsername => "recover your user name",
        Purpose.TwoFA => "complete your sign-in",
        Purpose.UnblockMember => "unblock your account",
        Purpose.CashbackConfirm => "confirm your cashback",
        Purpose.PointTransferConfirm => "confirm your transfer of points",
        Purpose.FamilyPoolingMerge => "join a family pool",
        Purpose.FamilyPoolingUnmerge => "leave a family pool",
        Purpose.AirReviewNConfirm => "confirm your flight booking",
        Purpose.DomesticFlightReviewNConfirm => "confirm your domestic flight booking",
        Purpose.HotelReviewNConfirm => "confirm your hotel booking",
        Purpose.CarReviewNConfirm => "confirm your car rental",
        Purpose.GiftCardReviewNConfirm => "confirm your gift card order",
        Purpose.PackageReviewNConfirm => "confirm your package booking",
        Purpose.ShopReviewNConfirm => "confirm your order",
        Purpose.ShopDigitalReviewNConfirm => "confirm your order of digital goods",
        Purpose.MerchantReviewNConfirm => "confirm your payment to a merchant",
        Purpose.IspReviewNConfirm => "confirm your internet service order",
        Purpose.InsuranceReviewNConfirm => "confirm your insurance purchase",
    };
}
