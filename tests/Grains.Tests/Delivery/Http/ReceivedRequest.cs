using System.Text;

namespace Otp.Delivery;

/// <summary>One request as an endpoint got it.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as a form.</summary>
    public IReadOnlyDictionary<string, string> Form =>
        Text.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => Decode(pair[0]), pair => Decode(pair[1]));

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
