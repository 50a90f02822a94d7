using System.Collections.Frozen;

namespace Otp.Gateway.Loyalife;

/// <summary>The API's names of the purposes: 24, in its order and spelling.</summary>
internal static class OtpTypes
{
    private static readonly (string Name, Purpose Purpose)[] All =
    [
        ("ACTIVATION", Purpose.Activation),
        ("LOGIN", Purpose.Login),
        ("FORGOTPWD", Purpose.ForgotPwd),
        ("CHANGEPASSWORD", Purpose.ChangePassword),
        ("RESETPASSWORD", Purpose.ResetPassword),
        ("FORGOTUSERNAME", Purpose.ForgotUsername),
        ("TwoFA", Purpose.TwoFA),
        ("UNBLOCKMEMBER", Purpose.UnblockMember),
        ("NONE", Purpose.None),
        ("CASHBACKCONFIRM", Purpose.CashbackConfirm),
        ("POINTTRANSFERCONFIRM", Purpose.PointTransferConfirm),
        ("FAMILYPOOLINGMERGE", Purpose.FamilyPoolingMerge),
        ("FAMILYPOOLINGUNMERGE", Purpose.FamilyPoolingUnmerge),
        ("AIRREVIEWNCONFIRM", Purpose.AirReviewNConfirm),
        ("DOMESTICFLIGHTREVIEWNCONFIRM", Purpose.DomesticFlightReviewNConfirm),
        ("HOTELREVIEWNCONFIRM", Purpose.HotelReviewNConfirm),
        ("CARREVIEWNCONFIRM", Purpose.CarReviewNConfirm),
        ("GIFTCARDREVIEWNCONFIRM", Purpose.GiftCardReviewNConfirm),
        ("PACKAGEREVIEWNCONFIRM", Purpose.PackageReviewNConfirm),
        ("SHOPREVIEWNCONFIRM", Purpose.ShopReviewNConfirm),
        ("SHOPDIGITALREVIEWNCONFIRM", Purpose.ShopDigitalReviewNConfirm),
        ("MERCHANTREVIEWNCONFIRM", Purpose.MerchantReviewNConfirm),
        ("ISPREVIEWNCONFIRM", Purpose.IspReviewNConfirm),
        ("INSURANCEREVIEWNCONFIRM", Purpose.InsuranceReviewNConfirm),
    ];

    private static readonly FrozenDictionary<string, Purpose> ByName = All.ToFrozenDictionary(x => x.Name, x => x.Purpose, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Purpose, string> ByPurpose = All.ToFrozenDictionary(x => x.Purpose, x => x.Name);

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(x => x.Name)];

    /// <summary>The purpose of a name, which is case-sensitive; null for none.</summary>
    public static Purpose? Find(string name) => ByName.TryGetValue(name, out var purpose) ? purpose : null;

    public static string NameOf(Purpose purpose) => ByPurpose[purpose];
}

/// <summary>Writes a purpose by the name that the API has for it.</summary>
internal sealed class OtpTypeConverter : JsonConverter<Purpose>
{
    public override Purpose Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && OtpTypes.Find(reader.GetString()!) is { } purpose ? purpose : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Purpose value, JsonSerializerOptions options) => writer.WriteStringValue(OtpTypes.NameOf(value));
}
