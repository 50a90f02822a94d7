using System.Globalization;
using System.Threading.Channels;
using Otp.Redis.Servers;
using Orleans.Persistence.Redis;

namespace Otp.Redis.Storage;

public sealed class RestartTests
{
    private const int Writers = 16;
    private const int Restarts = 3;

    [Fact]
    public async Task No_write_that_was_confirmed_is_lost_and_none_happens_twice_while_the_server_is_killed_again_and_again()
    {
        await using var server = await RedisServer.StartAsync(new() { Durable = true });
        using var stopping = new CancellationTokenSource();
        var confirmed = Channel.CreateUnbounded<int>();
        var counting = Enumerable.Range(0, Writers).Select(_ => CountAsync(server.ConnectionString, confirmed.Writer, stopping.Token)).ToList();

        for (var i = 0; i < Restarts; i++)
        {
            await ProgressAsync(confirmed.Reader).WaitAsync(Clients.Patience, TestContext.Current.CancellationToken);
            await server.KillAsync();
            await server.RunAsync();
        }

        await ProgressAsync(confirmed.Reader).WaitAsync(Clients.Patience, TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await Task.WhenAll(counting).WaitAsync(Clients.Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for as many new confirmations as there are writers, some times over.</summary>
    private static async Task ProgressAsync(ChannelReader<int> confirmed)
    {
        while (confirmed.TryRead(out _))
        {
        }

        for (var i = 0; i < Writers * 10; i++)
            await confirmed.ReadAsync();
    }

    /// <summary>Counts in one record. After a write of unknown outcome the record must hold the old number or the next, nothing else.</summary>
    private static async Task CountAsync(string connectionString, ChannelWriter<int> confirmed, CancellationToken stopping)
    {
        await using var record = new StoredRecord(connectionString);
        var state = new GrainState<Note>();
        var count = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await record.WriteAsync(state, Text(count + 1));
                await confirmed.WriteAsync(++count, CancellationToken.None);
            }
            catch (RedisStorageException)
            {
                state = await ReadAsync(record);
                var stored = state.RecordExists ? int.Parse(state.State.Text, CultureInfo.InvariantCulture) : 0;
                Assert.InRange(stored, count, count + 1);
                count = stored;
            }
        }

        Assert.Equal(count == 0 ? string.Empty : Text(count), (await ReadAsync(record)).State.Text);
    }

    private static async Task<GrainState<Note>> ReadAsync(StoredRecord record)
    {
        using var limit = new CancellationTokenSource(Clients.Patience);
        while (true)
        {
            try
            {
                return await record.ReadAsync();
            }
            catch (RedisStorageException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
            }
        }
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
