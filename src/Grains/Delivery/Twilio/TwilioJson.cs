using System.Text.Json.Serialization;

namespace Otp.Delivery;

[JsonSerializable(typeof(TwilioAnswer))]
internal sealed partial class TwilioJson : JsonSerializerContext;
