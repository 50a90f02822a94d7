using Otp.Gateway.Http;

namespace Otp.Gateway.Loyalife;

/// <summary>Puts every error of the surface into its envelope.</summary>
internal sealed class LoyalifeErrors : ISurfaceErrors
{
    public PathString Root => LoyalifeEndpoints.Root;

    public Task WriteAsync(HttpContext context, int status, string text)
    {
        var error = LoyalifeErrorCode.Of(status);
        return LoyalifeAnswer.WriteAsync(context, error, $"{error.Text}: {text}", status);
    }

    public Task WriteFaultsAsync(HttpContext context, string faults) => LoyalifeAnswer.WriteMalformedAsync(context, faults);
}
