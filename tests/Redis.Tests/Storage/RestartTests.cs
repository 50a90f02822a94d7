using System.Globalization;
using System.Threading.Channels;
using Orleans.Persistence.Redis;
using Otp.Members;
using Otp.Redis.Servers;

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
        await using var first = await RedisRecord.ConnectAsync(server.ConnectionString);
        var records = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => first.OtherAsync()));
        var counting = records.Select(record => CountAsync(record, confirmed.Writer, stopping.Token)).ToList();

        for (var i = 0; i < Restarts; i++)
        {
            await ProgressAsync(confirmed.Reader, counting).InTime();
            await server.KillAsync();
            await server.RunAsync();
        }

        await ProgressAsync(confirmed.Reader, counting).InTime();
        await stopping.CancelAsync();
        await Task.WhenAll(counting).InTime();
    }

    /// <summary>Waits for as many new confirmations as there are writers, some times over.</summary>
    private static async Task ProgressAsync(ChannelReader<int> confirmed, IEnumerable<Task> counting)
    {
        while (confirmed.TryRead(out _))
        {
        }

        for (var i = 0; i < Writers * 10; i++)
        {
            await (await Task.WhenAny([confirmed.ReadAsync().AsTask(), .. counting]));
        }
    }

    /// <summary>Counts in one record. After a write of unknown outcome the record must hold the old number or the next, nothing else.</summary>
    private static async Task CountAsync(RedisRecord record, ChannelWriter<int> confirmed, CancellationToken stopping)
    {
        var state = new GrainState<MemberEmailState>();
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
                var stored = state.RecordExists ? int.Parse(state.State!.Owner, CultureInfo.InvariantCulture) : 0;
                Assert.InRange(stored, count, count + 1);
                count = stored;
            }
        }

        Assert.Equal(count == 0 ? string.Empty : Text(count), (await ReadAsync(record)).State!.Owner);
    }

    private static Task<GrainState<MemberEmailState>> ReadAsync(RedisRecord record) =>
        SafetyTimeout.RetryAsync<GrainState<MemberEmailState>, RedisStorageException>(() => record.ReadAsync());

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
