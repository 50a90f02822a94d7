using System.Security.Cryptography;
using Otp.Hosting.Cluster;

namespace Otp.Cluster.Security;

/// <summary>Processes with the same secret talk, and nobody else is let in, nor trusted.</summary>
public sealed class SecretTests
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public async Task Processes_with_the_same_secret_talk()
    {
        var (client, server) = (Process(Secret), Process([.. Secret]));

        Assert.True(await client.TalksToAsync(server));
        Assert.Empty(client.Log);
        Assert.Empty(server.Log);
        Assert.Null(client.Stranger);
    }

    [Fact]
    public async Task Process_with_another_secret_is_refused_and_both_sides_say_so()
    {
        var (client, server) = (Process(RandomNumberGenerator.GetBytes(32)), Process(Secret));

        Assert.False(await client.TalksToAsync(server));
        Assert.Empty(client.Heard);
        Assert.Empty(server.Heard);
        Assert.Equal(["2031"], client.Log);
        Assert.Equal(["2030 NotProved"], server.Log);
    }

    [Fact]
    public async Task Process_that_convinces_nobody_ends_its_start_soon()
    {
        var (client, server) = (Process(RandomNumberGenerator.GetBytes(32)), Process(Secret));
        await client.TalksToAsync(server);
        client.Time.Advance(TimeSpan.FromSeconds(7));
        await client.TalksToAsync(server);
        Assert.False(client.Lifetime.ApplicationStopping.IsCancellationRequested);

        client.Time.Advance(TimeSpan.FromSeconds(1));
        await client.TalksToAsync(server);

        Assert.True(client.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Process_that_runs_goes_on_whoever_it_meets()
    {
        var (client, server) = (Process(RandomNumberGenerator.GetBytes(32)), Process(Secret));
        client.Lifetime.NotifyStarted();
        await client.TalksToAsync(server);
        client.Time.Advance(TimeSpan.FromHours(1));
        await client.TalksToAsync(server);

        Assert.False(client.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public void Every_secret_makes_an_authority_that_trusts_its_own_processes()
    {
        for (var i = 0; i < 32; i++)
        {
            Assert.Empty(SecretAuthority.Issue(RandomNumberGenerator.GetBytes(32)).Faults());
        }
    }

    [Fact]
    public async Task What_is_no_TLS_is_refused_at_once()
    {
        var server = Process(Secret);
        var (client, accepted) = MemoryConnection.Create();
        await client.Transport.Output.WriteAsync("GET / HTTP/1.1"u8.ToArray(), TestContext.Current.CancellationToken);

        await server.AcceptAsync(accepted);

        Assert.Equal(["2030 NotTls"], server.Log);
    }

    [Fact]
    public async Task Who_says_nothing_is_refused_once_a_handshake_would_be_over()
    {
        var server = Process(Secret);
        var (_, accepted) = MemoryConnection.Create();
        var accepting = server.AcceptAsync(accepted);

        server.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(accepting.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await accepting;

        Assert.Equal(["2030 Silent"], server.Log);
    }

    [Fact]
    public async Task Who_only_asks_whether_the_port_is_open_is_not_called_a_stranger()
    {
        var server = Process(Secret);
        var (client, accepted) = MemoryConnection.Create();
        await client.Transport.Output.CompleteAsync();

        await server.AcceptAsync(accepted);

        Assert.Equal(["2032"], server.Log);
    }

    private static GuardedProcess Process(byte[] secret) => new(SecretAuthority.Issue(secret));
}
