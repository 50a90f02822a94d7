using Otp.Gateway.Tests.Harness;

[assembly: AssemblyFixture(typeof(GatewayFixture))]

namespace Otp.Gateway.Tests.Harness;

/// <summary>One gateway for all tests that leave its clock alone; each uses targets of its own.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    public TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
