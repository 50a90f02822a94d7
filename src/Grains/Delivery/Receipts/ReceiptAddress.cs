namespace Otp.Delivery;

/// <summary>Where providers report what becomes of one delivery: at an address of its own for each of them.</summary>
/// <param name="root">The public address of <see cref="ReceiptTokens.Root"/>.</param>
/// <param name="grainKey">The key of the target's grain.</param>
public sealed class ReceiptAddress(ReceiptTokens tokens, string root, string grainKey, DeliveryId delivery)
{
    /// <summary>The address for one provider.</summary>
    /// <param name="kind">The kind of provider, as <see cref="ReceiptTokens"/> names it.</param>
    public string For(string kind, string provider)
    {
        var place = $"{kind}/{provider}";
        return $"{root}/{place}/{tokens.Create(place, grainKey, delivery)}";
    }
}
