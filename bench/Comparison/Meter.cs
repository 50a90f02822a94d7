using System.Diagnostics;
using Otp.Bench.Comparison.Load;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison;

/// <summary>Runs work on a system and reads what it cost from the outside: the operating system's accounts and Redis' own counts.</summary>
internal sealed class Meter(SystemUnderTest system, RedisServer redis)
{
    public async Task<Measurement> MeasureAsync(LoadGenerator load, Work work, TimeSpan duration)
    {
        var commands = await redis.CommandsAsync();
        var cpu = Cpu();
        var result = load.Run(work, duration);
        var cpuAfter = Cpu();
        var commandsAfter = await redis.CommandsAsync();
        return new Measurement(
            system.Kind,
            work.Name,
            result,
            cpuAfter.ToDictionary(role => role.Key, role => role.Value - cpu[role.Key]),
            commandsAfter
                .Where(command => command.Key != "info")
                .ToDictionary(command => command.Key, command => command.Value - commands.GetValueOrDefault(command.Key), StringComparer.Ordinal));
    }

    private Dictionary<ProcessRole, TimeSpan> Cpu()
    {
        using var self = Process.GetCurrentProcess();
        var times = new Dictionary<ProcessRole, TimeSpan> { [ProcessRole.Load] = self.TotalProcessorTime };
        foreach (var process in system.Processes.Append(redis.Process))
        {
            times[process.Role] = times.GetValueOrDefault(process.Role) + process.CpuTime;
        }

        return times;
    }
}
