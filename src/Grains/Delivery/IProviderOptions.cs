using Microsoft.Extensions.Hosting;
using Otp.Settings;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>The settings of one provider.</summary>
internal interface IProviderOptions
{
    /// <summary>Whether the provider delivers over a channel.</summary>
    bool Reaches(Channel channel);

    /// <summary>Whether the provider can carry messages that travel so, where it reaches the recipient at all.</summary>
    bool Carries(VerificationChannel channel) => true;

    /// <summary>Adds what is wrong with the settings; no fault tells a secret.</summary>
    /// <param name="path">Their configuration key.</param>
    /// <param name="environment">The host's environment; null where the check runs without a host.</param>
    void Check(string path, IHostEnvironment? environment, FaultList faults);
}
