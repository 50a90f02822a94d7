using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Hosting.Cluster;

/// <summary>
/// Wants the cluster's secret or a certificate, and that the certificate can be used. Only where a process has others to talk to. It looks
/// once: a changed setting takes a restart, and a certificate's file that is being renewed must not keep programs from changing.
/// </summary>
internal sealed class ClusterSecurityValidator : IValidateOptions<OtpOptions>
{
    private ValidateOptionsResult? _result;

    public ValidateOptionsResult Validate(string? name, OtpOptions options) => _result ??= Check(options.Cluster);

    private static ValidateOptionsResult Check(ClusterSecurityOptions cluster)
    {
        if (!string.IsNullOrEmpty(cluster.Certificate))
        {
            var file = new CertificateFile(cluster);
            return file.Read() is null ? ValidateOptionsResult.Fail(file.Faults) : ValidateOptionsResult.Success;
        }

        return string.IsNullOrEmpty(cluster.Secret)
            ? ValidateOptionsResult.Fail(
                "Otp:Cluster:Secret is missing: base64 of at least 32 random bytes, the same in all processes of the cluster. "
                + "(Or Otp:Cluster:Certificate: a PEM or PFX file.)")
            : ValidateOptionsResult.Success;
    }
}
