namespace Otp.Gateway.Loyalife;

/// <summary>Source-generated JSON of the Loyalife surface.</summary>
[JsonSerializable(typeof(LoyalifeAnswer))]
[JsonSerializable(typeof(LoyalifeTokenAnswer))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LoyalifeJson : JsonSerializerContext
{
    /// <summary>The context that answers are written with.</summary>
    public static LoyalifeJson Answers { get; } = new(new JsonSerializerOptions { Encoder = HttpText.Encoder });
}
