using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Otp.Bench;

/// <summary>What the engine itself costs in one process: a call, and an idle activation.</summary>
internal static class EngineMeasurements
{
    private const int Calls = 200_000;
    private const int Rounds = 7;
    private const int Activations = 1_000_000;

    internal static async Task RunAsync(TextWriter output)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleans(silo => silo.Services.AddKeyedSingleton<IGrainStorage, NoStorage>("none"));
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        await MeasureCallAsync(output, "call, grain idle, completes at once", grains, static grain => grain.Answer(1));
        await MeasureCallAsync(output, "call, grain idle, completes at once, with GetGrain", grains, _ => grains.GetGrain<IMeasuredGrain>("calls").Answer(1));
        await MeasureCallAsync(output, "call, completes after one await that yields", grains, static grain => grain.AnswerLater(1));
        await MeasureActivationsAsync(output, grains);
        await host.StopAsync();
    }

    private static async Task MeasureCallAsync(TextWriter output, string name, IGrainFactory grains, Func<IMeasuredGrain, Task<int>> call)
    {
        var grain = grains.GetGrain<IMeasuredGrain>("calls");
        var nanoseconds = new double[Rounds];
        var bytes = new double[Rounds];
        for (var round = -1; round < Rounds; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
            {
                await call(grain);
            }

            if (round >= 0)
            {
                nanoseconds[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
                bytes[round] = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / Calls;
            }
        }

        await output.WriteLineAsync($"{name}: {Median(nanoseconds):F0} ns, {Median(bytes):F0} bytes");
    }

    private static async Task MeasureActivationsAsync(TextWriter output, IGrainFactory grains)
    {
        await grains.GetGrain<IMeasuredGrain>("warm").Arm();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Activations; i++)
        {
            // As long as a target's key: program, colon, 256 bits in base64url.
            await grains.GetGrain<IMeasuredGrain>($"19:{i:D43}").Arm();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var each = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Activations;
        await output.WriteLineAsync(
            $"idle activation with one record and one pending timer, at {Activations:N0}: {each:F0} bytes beyond its state; {elapsed.TotalMicroseconds / Activations:F2} µs to make");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    internal interface IMeasuredGrain : IGrainWithStringKey
    {
        Task<int> Answer(int number);

        Task<int> AnswerLater(int number);

        Task Arm();
    }

    internal sealed class MeasuredGrain([PersistentState("state", "none")] IPersistentState<MeasuredState> state) : Grain, IMeasuredGrain
    {
        private IGrainTimer? _deadline;

        public Task<int> Answer(int number) => Task.FromResult(number);

        public async Task<int> AnswerLater(int number)
        {
            await Task.Yield();
            return number;
        }

        public Task Arm()
        {
            _deadline ??= this.RegisterGrainTimer(Forget, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
            return state.WriteStateAsync();
        }

        private Task Forget()
        {
            _deadline?.Dispose();
            return state.ClearStateAsync();
        }
    }

    internal sealed class MeasuredState;

    /// <summary>Storage elsewhere, which costs this process nothing but the etag. All grains share one state, so that none is counted.</summary>
    private sealed class NoStorage : IGrainStorage
    {
        private static readonly MeasuredState Shared = new();
        private long _versions;

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            grainState.State = (T)(object)Shared;
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            grainState.ETag = $"{Interlocked.Increment(ref _versions):D10}";
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            grainState.ETag = null;
            grainState.RecordExists = false;
            return Task.CompletedTask;
        }
    }
}
