using System.Text.Json.Serialization;

namespace Otp.Client;

/// <summary>The bodies on the wire, source-generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Bodies.SendBody))]
[JsonSerializable(typeof(Bodies.SendAnswer))]
[JsonSerializable(typeof(Bodies.VerifyBody))]
[JsonSerializable(typeof(Bodies.VerifyAnswer))]
[JsonSerializable(typeof(Bodies.SessionBody))]
[JsonSerializable(typeof(Bodies.SessionAnswer))]
[JsonSerializable(typeof(Bodies.TokenAnswer))]
[JsonSerializable(typeof(Bodies.DetailBody))]
internal sealed partial class ClientJson : JsonSerializerContext;
