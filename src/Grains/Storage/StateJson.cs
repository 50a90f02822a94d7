using System.Text.Json.Serialization;
using Otp.Customers;
using Otp.Members;
using Otp.Targets;

namespace Otp.Storage;

/// <summary>How records are written: compact JSON, source-generated.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(TargetState))]
[JsonSerializable(typeof(CustomerState))]
[JsonSerializable(typeof(SessionState))]
[JsonSerializable(typeof(Identity))]
[JsonSerializable(typeof(MemberState))]
[JsonSerializable(typeof(MemberEmailState))]
[JsonSerializable(typeof(Member))]
internal sealed partial class StateJson : JsonSerializerContext;
