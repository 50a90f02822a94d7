using Microsoft.AspNetCore.Http.Features;
using Orleans.Otp.Programs;

namespace Orleans.Otp.Gateway.Auth;

/// <summary>The program on whose behalf an authenticated request is made, kept with the request once its token is accepted.</summary>
internal static class Caller
{
    public static void SetProgram(HttpContext context, OtpProgram program) => context.Features.Set(program);

    /// <summary>The program that <see cref="SetProgram"/> kept.</summary>
    /// <exception cref="InvalidOperationException">The request is not authenticated.</exception>
    public static OtpProgram ProgramOf(HttpContext context) => context.Features.GetRequiredFeature<OtpProgram>();
}
