using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>
/// Random operations at random times, with crashes between deciding, writing, delivering and answering, each decided by the rules
/// and by the naive model. The storage drops a record as soon as the rules no longer need it.
/// </summary>
public sealed class TargetRulesProperties
{
    private static readonly Purpose[] Purposes = [Purpose.None, Purpose.Login];

    public static TheoryData<int, ResendMode> Runs()
    {
        var runs = new TheoryData<int, ResendMode>();
        for (var seed = 0; seed < 40; seed++)
        {
            runs.Add(seed, seed % 2 == 0 ? ResendMode.Replace : ResendMode.Repeat);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_rules_answer_as_the_naive_model_does(int seed, ResendMode onResend)
    {
        var run = new Run(seed, onResend);
        for (var step = 0; step < 1_500; step++)
        {
            run.Step();
        }

        run.AssertWindowsHeld();
    }

    private sealed class Run
    {
        private readonly Random _random;
        private readonly OtpProgram _program;
        private readonly TargetRules _rules;
        private readonly NaiveTarget _model;
        private readonly StateSerializer _storage = new();
        private readonly List<Action> _repeats = [];
        private readonly HashSet<Guid> _accepted = [];
        private readonly Dictionary<Guid, int> _compared = [];
        private long _now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
        private TargetState _memory = TargetState.Empty;
        private BinaryData _durable;
        private long _keptUntil;
        private long? _openAt;

        public Run(int seed, ResendMode onResend)
        {
            _random = new Random(seed);
            _program = TestPrograms.With(new PolicyOptions
            {
                Lifetime = TimeSpan.FromSeconds(50),
                Windows = [new() { Name = "minute", Limit = 3, Period = TimeSpan.FromMinutes(1) }, new() { Name = "five", Limit = 6, Period = TimeSpan.FromMinutes(5) }],
                MinimumGap = TimeSpan.FromSeconds(seed % 3 * 5),
                OnResend = onResend,
            }, new LockoutOptions { Threshold = 6, Duration = TimeSpan.FromMinutes(8), Memory = TimeSpan.FromMinutes(20) });
            _rules = TestPrograms.RulesOf(_program);
            _model = new NaiveTarget(_program);
            _durable = _storage.Serialize(_memory);
        }

        public void Step()
        {
            Advance();
            switch (_random.Next(10))
            {
                case < 4:
                    Send(Pick(), NewOperation(), NewNonce());
                    break;
                case < 8:
                    Verify(Pick(), NewOperation(), right: _random.Next(4) == 0);
                    break;
                case 8 when _repeats.Count > 0:
                    _repeats[^_random.Next(1, Math.Min(12, _repeats.Count) + 1)]();
                    break;
                default:
                    _memory = _rules.Forget(_memory, _now);
                    break;
            }

            var needed = _rules.NeededUntil(_memory);
            Assert.True(_rules.Forget(_memory, needed).IsEmpty);
            Assert.True(_memory.IsEmpty || !_rules.Forget(_memory, needed - 1).IsEmpty);
        }

        public void AssertWindowsHeld()
        {
            foreach (var window in _program.PolicyFor(Purpose.None).AllWindows)
            {
                foreach (var start in _model.Sends)
                {
                    Assert.True(_model.Sends.Count(s => s >= start && s < start + window.Period.Ticks) <= window.Limit);
                }
            }
        }

        private void Send(Purpose purpose, Operation operation, Guid nonce)
        {
            var decision = _rules.Send(_memory, purpose, operation, (nonce, 1), _now);
            if (Crash(decision.IsChanged ? 3 : 10))
            {
                return;
            }

            if (decision.IsChanged)
            {
                Write(decision.State);
            }

            var status = decision is { Deliver: true, IsRepeat: false } ? PickOutcome() : decision.Status;
            var fails = decision.Deliver && status != SendStatus.Sent;
            var crashed = !fails && decision.IsChanged && Crash(8);
            if (fails)
            {
                Write(_rules.Undelivered(_memory, decision.Operation!, status == SendStatus.Undeliverable, _now));
            }
            else if (decision.Deliver && !crashed)
            {
                _memory = TargetRules.Delivered(_memory, decision.Operation!);
            }

            var expected = _model.Send(purpose, operation.Id, nonce, fails ? status : SendStatus.Sent, _now);
            _openAt = expected.RetryAfter > TimeSpan.Zero ? _now + expected.RetryAfter.Ticks : null;
            Assert.Equal(expected.Status, status);
            Assert.Equal(expected.RetryAfter, decision.RetryAfter);
            if (decision.Code is { } code && !fails)
            {
                Assert.Equal(_model.LiveNonce(purpose, _now), code.Nonce);
            }

            _repeats.Add(() => Send(purpose, operation, NewNonce()));
        }

        private void Verify(Purpose purpose, Operation operation, bool right)
        {
            var guess = right ? _model.LiveNonce(purpose, _now) : null;
            VerifyAgain(purpose, operation, guess);
            _repeats.Add(() => VerifyAgain(purpose, operation, guess));
        }

        private void VerifyAgain(Purpose purpose, Operation operation, Guid? guess)
        {
            LiveCode? compared = null;
            var decision = _rules.Verify(_memory, purpose, operation, code => (compared = code).Nonce == guess, _now);
            if (Crash(decision.IsChanged ? 12 : 10))
            {
                return;
            }

            if (decision.IsChanged)
            {
                Write(decision.State);
                _compared[compared!.Nonce] = _compared.GetValueOrDefault(compared.Nonce) + 1;
                Assert.True(_compared[compared.Nonce] <= _program.PolicyFor(purpose).Attempts);
            }

            Assert.Equal(_model.Verify(purpose, operation.Id, guess, _now), decision.Status);
            if (decision is { IsChanged: true, Status: VerifyStatus.Verified })
            {
                Assert.True(_accepted.Add(compared!.Nonce));
            }

            Crash(8);
        }

        private void Write(TargetState state)
        {
            _memory = state;
            _durable = _storage.Serialize(state);
            _keptUntil = _rules.NeededUntil(state);
        }

        // The activation is lost; the next one reads what is durable.
        private bool Crash(int oneIn)
        {
            if (_random.Next(oneIn) != 0)
            {
                return false;
            }

            _memory = _now < _keptUntil ? _storage.Deserialize<TargetState>(_durable) : TargetState.Empty;
            return true;
        }

        private void Advance() => _now = _random.Next(6) switch
        {
            0 => _now,
            1 => _now + _random.NextInt64(TimeSpan.FromSeconds(5).Ticks),
            2 => _now + _random.NextInt64(TimeSpan.FromSeconds(60).Ticks),
            3 when _openAt > _now => _openAt.Value - _random.Next(2),
            4 when _rules.NextDeadline(_memory) is { } deadline && deadline > _now => deadline - _random.Next(2),
            5 when _random.Next(40) == 0 => _now + _random.NextInt64(TimeSpan.FromMinutes(25).Ticks),
            _ => _now + TimeSpan.FromSeconds(_random.Next(20)).Ticks,
        };

        private SendStatus PickOutcome() => _random.Next(12) switch
        {
            0 or 1 => SendStatus.DeliveryFailed,
            2 => SendStatus.Undeliverable,
            _ => SendStatus.Sent,
        };

        private Purpose Pick() => Purposes[_random.Next(Purposes.Length)];

        private Operation NewOperation() => new(NewNonce(), 0);

        private Guid NewNonce()
        {
            var bits = new byte[16];
            _random.NextBytes(bits);
            return new Guid(bits);
        }
    }
}
