using System.Text.Json.Serialization;

namespace Orleans.Otp.Delivery;

[JsonSerializable(typeof(WebhookPayload))]
internal sealed partial class WebhookJson : JsonSerializerContext;
