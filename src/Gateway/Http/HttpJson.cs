namespace Otp.Gateway.Http;

/// <summary>Source-generated JSON of the shapes that all surfaces share.</summary>
[JsonSerializable(typeof(Detail))]
[JsonSerializable(typeof(string))]
internal sealed partial class HttpJson : JsonSerializerContext;
