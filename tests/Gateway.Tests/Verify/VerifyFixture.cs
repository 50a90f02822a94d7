using Otp.Gateway.Tests.Verify;

[assembly: AssemblyFixture(typeof(VerifyFixture))]

namespace Otp.Gateway.Tests.Verify;

/// <summary>One service for all tests of the Verify surface that leave its clock alone; each uses people of its own.</summary>
public sealed class VerifyFixture : IAsyncLifetime
{
    public VerifyGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await VerifyGateway.StartAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
