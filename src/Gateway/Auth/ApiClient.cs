using Orleans.Otp.Programs;

namespace Orleans.Otp.Gateway.Auth;

/// <summary>A caller of the API that has proved who it is.</summary>
internal sealed record ApiClient(string Id, OtpProgram Program, IReadOnlyList<string> Roles);
