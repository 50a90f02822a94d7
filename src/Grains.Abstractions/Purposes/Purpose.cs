namespace Otp;

/// <summary>Why a code is asked for: the 24 <c>OtpType</c> values of the Loyalife API. A target's purposes share windows and lockout.</summary>
/// <remarks>The numbers are stored and sent; they never change.</remarks>
public enum Purpose
{
    None = 0,
    Activation = 1,
    Login = 2,
    ForgotPwd = 3,
    ChangePassword = 4,
    ResetPassword = 5,
    ForgotUsername = 6,
    TwoFA = 7,
    UnblockMember = 8,
    CashbackConfirm = 9,
    PointTransferConfirm = 10,
    FamilyPoolingMerge = 11,
    FamilyPoolingUnmerge = 12,
    AirReviewNConfirm = 13,
    DomesticFlightReviewNConfirm = 14,
    HotelReviewNConfirm = 15,
    CarReviewNConfirm = 16,
    GiftCardReviewNConfirm = 17,
    PackageReviewNConfirm = 18,
    ShopReviewNConfirm = 19,
    ShopDigitalReviewNConfirm = 20,
    MerchantReviewNConfirm = 21,
    IspReviewNConfirm = 22,
    InsuranceReviewNConfirm = 23,
}
