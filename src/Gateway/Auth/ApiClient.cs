namespace Otp.Gateway.Auth;

/// <summary>A caller of the API that has proved who it is.</summary>
/// <param name="Client">The caller.</param>
/// <param name="SecretId">The secret it proved it with (<see cref="ClientSecret.Id"/>).</param>
internal sealed record ApiClient(ProgramClient Client, string SecretId)
{
    public string Id => Client.Id;

    public OtpProgram Program => Client.Program;
}
