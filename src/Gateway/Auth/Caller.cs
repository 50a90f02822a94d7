using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace Otp.Gateway.Auth;

/// <summary>The client that makes an authenticated request, as the configuration has it now, kept with the request once its token is accepted.</summary>
internal static class Caller
{
    public static void Set(HttpContext context, ProgramClient client) => context.Features.Set(client);

    /// <summary>The program on whose behalf the request is made.</summary>
    /// <exception cref="InvalidOperationException">The request is not authenticated.</exception>
    public static OtpProgram ProgramOf(HttpContext context) => context.Features.GetRequiredFeature<ProgramClient>().Program;

    /// <summary>Asks for a role that the client has now, whatever it had when its token was issued.</summary>
    public static AuthorizationPolicyBuilder RequireClientRole(this AuthorizationPolicyBuilder policy, string role) =>
        policy.RequireAssertion(context => context.Resource is HttpContext http && http.Features.Get<ProgramClient>()?.HasRole(role) == true);
}
