using System.Diagnostics.CodeAnalysis;

namespace Otp.Delivery;

/// <summary>The address of an HTTP service that is given codes.</summary>
internal static class ServiceAddress
{
    /// <summary>Reads an absolute <c>https</c> address, or an <c>http</c> one of this machine, or of any where clear text is allowed.</summary>
    public static bool TryRead(string? text, bool allowClear, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (allowClear || address.IsLoopback)));
}
