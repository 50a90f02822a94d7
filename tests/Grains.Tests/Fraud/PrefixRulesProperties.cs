using Otp.Programs;

namespace Otp.Grains.Tests.Fraud;

/// <summary>Random sends at random times, with crashes, silos that stop in order, and a second activation that nobody knows of.</summary>
public sealed class PrefixRulesProperties
{
    private static readonly long Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    // With a floor of 1 nothing but the budget decides.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_hour_has_more_codes_that_nobody_verified_than_the_budget(int seed)
    {
        var random = new Random(seed);
        var guard = new FraudGuard(random.Next(1, 60), ConversionFloor: 1, TimeSpan.FromMinutes(random.Next(1, 200)), PrefixDigits: 5, []);
        var run = new Run(random, guard);
        for (var step = 0; step < 3_000; step++)
        {
            run.Step();
        }

        Assert.True(run.Accepted > guard.Budget, $"Only {run.Accepted} were accepted.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Prefix_whose_codes_are_verified_within_a_minute_is_never_refused(int seed)
    {
        var random = new Random(seed);
        var prefix = new PrefixDriver(new FraudGuard(Budget: 30, ConversionFloor: 0.3, TimeSpan.FromHours(4), PrefixDigits: 5, []), new PrefixStore());
        var pending = new Queue<(int Minute, long TypedAt)>();
        var now = Start;
        for (var send = 0; send < 3_000; send++)
        {
            now += random.Next((int)(4 * TimeSpan.TicksPerSecond));
            while (pending.TryPeek(out var typed) && typed.TypedAt <= now)
            {
                prefix.Convert(pending.Dequeue().Minute, now);
            }

            var minute = prefix.Reserve(now).Minute;
            Assert.NotNull(minute);
            if (random.Next(100) < 70)
            {
                pending.Enqueue((minute.Value, now + (30 * TimeSpan.TicksPerSecond)));
            }
        }
    }

    private sealed class Run
    {
        private readonly Random _random;
        private readonly FraudGuard _guard;
        private readonly PrefixDriver[] _activations;
        private readonly List<Sent> _sent = [];
        private long _now = Start;

        public Run(Random random, FraudGuard guard)
        {
            (_random, _guard) = (random, guard);
            var store = new PrefixStore();
            _activations = [new PrefixDriver(guard, store), new PrefixDriver(guard, store)];
        }

        public int Accepted => _sent.Count;

        public void Step()
        {
            // Most calls reach the owner. The other activation may act on its memory until the silos agree again, before the clock moves on.
            var activation = _activations[_random.Next(8) == 0 ? 1 : 0];
            switch (_random.Next(20))
            {
                case < 11:
                    Reserve(activation);
                    break;
                case < 14:
                    Convert(activation);
                    break;
                case < 15:
                    Release(activation);
                    break;
                case < 16:
                    activation.Reload();
                    break;
                case < 17:
                    activation.Close(_now);
                    activation.Reload();
                    break;
                default:
                    _now += _random.Next(40) == 0 ? _random.Next(90) * TimeSpan.TicksPerMinute : _random.NextInt64(2 * TimeSpan.TicksPerMinute);
                    Array.ForEach(_activations, static each => each.Refresh());
                    break;
            }
        }

        private void Reserve(PrefixDriver activation)
        {
            if (activation.Reserve(_now).Minute is not { } minute)
            {
                return;
            }

            _sent.Add(new Sent(_now, minute, activation));
            var unverified = _sent.Count(sent => sent.At > _now - TimeSpan.TicksPerHour && sent is { IsVerified: false, IsReleased: false });
            Assert.InRange(unverified, 1, _guard.Budget);
        }

        private void Convert(PrefixDriver activation)
        {
            if (_sent.Count > 0 && _sent[_random.Next(Math.Max(0, _sent.Count - 80), _sent.Count)] is { IsVerified: false, IsReleased: false } sent)
            {
                sent.IsVerified = true;
                activation.Convert(sent.Minute, _now);
            }
        }

        // Only the activation that accepted a send gives it back.
        private void Release(PrefixDriver activation)
        {
            if (_sent is [.., { IsVerified: false, IsReleased: false } last] && last.By == activation && last.At == _now)
            {
                last.IsReleased = true;
                activation.Release(last.Minute, _now);
            }
        }

        private sealed record Sent(long At, int Minute, PrefixDriver By)
        {
            public bool IsVerified { get; set; }

            public bool IsReleased { get; set; }
        }
    }
}
