using System.Text.Json.Serialization;

namespace Otp.Delivery;

[JsonSerializable(typeof(WebhookPayload))]
internal sealed partial class WebhookJson : JsonSerializerContext;
