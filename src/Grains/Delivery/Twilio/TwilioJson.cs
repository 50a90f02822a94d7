using System.Text.Json.Serialization;

namespace Orleans.Otp.Delivery;

[JsonSerializable(typeof(TwilioAnswer))]
internal sealed partial class TwilioJson : JsonSerializerContext;
