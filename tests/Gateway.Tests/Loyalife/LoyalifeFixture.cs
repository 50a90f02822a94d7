using Otp.Gateway.Tests.Loyalife;

[assembly: AssemblyFixture(typeof(LoyalifeFixture))]

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>One service for all tests of members that leave its clock alone; each uses people of its own.</summary>
public sealed class LoyalifeFixture : IAsyncLifetime
{
    public LoyalifeService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await LoyalifeService.StartAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
