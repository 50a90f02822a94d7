using Microsoft.Extensions.Logging;
using Otp.Fraud;
using Otp.Grains.Tests.Harness;
using Otp.Grains.Tests.Targets;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Fraud;

/// <summary>
/// A pumping attack is played against the grains, on a clock of its own: within an hour 20,000 numbers of three prefixes ask for a code and
/// never verify one, among 2,000 people of whom nine in ten do.
/// </summary>
public sealed class PumpingTests
{
    private const int Budget = 100;
    private const int PumpedNumbers = 20_000;
    private const int Honest = 2_000;
    private const int Seconds = 3_600;
    private const int MostTurnedAway = Honest / 100;

    private static readonly string[] Pumped = ["+4477009", "+4478221", "+120255"];

    /// <summary>In how many prefixes the people are, and whether the pumped ones are among these.</summary>
    [Theory]
    [InlineData(40, false)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Attack_costs_the_budget_of_its_prefixes_at_most_and_turns_away_less_than_one_person_in_a_hundred(int prefixes, bool isAmongPeople)
    {
        await using var service = await TestService.StartAsync(logs: LogLevel.Warning);
        service.Use(new ProgramOptions { FraudGuard = { Budget = Budget } });
        var seeded = new Seeded(12);
        var people = Enumerable.Range(0, Honest).Select(i => new Person(service, NumberOf(i, prefixes, isAmongPeople), seeded)).ToList();
        var pumped = new int[Seconds];
        for (var i = 0; i < PumpedNumbers; i++)
        {
            pumped[seeded.Below(Seconds)]++;
        }

        var (asked, cost) = (0, 0);
        for (var second = 0; second < Seconds + 300; second++)
        {
            var attack = second < Seconds
                ? Enumerable.Range(asked, pumped[second]).Select(i => service.SendAsync(new Target(Channel.Phone, $"{Pumped[i % Pumped.Length]}{i:D5}"))).ToList()
                : [];
            asked += attack.Count;
            await Task.WhenAll(people.Select(person => person.ActAsync(second)));
            cost += (await Task.WhenAll(attack)).Count(outcome => outcome.Status == SendStatus.Sent);
            service.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var turnedAway = people.Count(person => person.IsTurnedAway);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{people.Count(person => person.IsAmongPumped)} of {Honest} people share the pumped prefixes: {turnedAway} were turned away. Of {asked} pumped codes {cost} were sent.");
        Assert.Equal(PumpedNumbers, asked);
        Assert.InRange(cost, 1, Budget * Pumped.Length);
        Assert.InRange(turnedAway, 0, MostTurnedAway - 1);
        Assert.Equal(Pumped.Order(StringComparer.Ordinal), (await service.Grains.GetGrain<IBlockedPrefixesGrain>(TestService.Program).List()).Select(blocked => blocked.Prefix).Order(StringComparer.Ordinal));
        Assert.True(people.Count(person => person.IsVerified) > Honest * 0.85);
    }

    private static string NumberOf(int person, int prefixes, bool isAmongPeople)
    {
        var prefix = person % prefixes;
        return isAmongPeople && prefix < Pumped.Length ? $"{Pumped[prefix]}{90_000 + person}" : $"+4479{prefix:D3}{20_000 + person}";
    }

    /// <summary>Asks for a code at some time, types it a little later, or asks for another one, or does neither.</summary>
    private sealed class Person(TestService service, string number, Seeded seeded)
    {
        private const int ResendAfter = 45;

        private readonly Target _target = new(Channel.Phone, number);
        private readonly int _start = seeded.Below(Seconds);
        private readonly int _typesAfter = 5 + seeded.Below(90);
        private readonly bool _types = seeded.Below(100) < 90;
        private readonly bool _asksTwice = seeded.Below(100) < 10;
        private string? _code;

        public bool IsAmongPumped => Pumped.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal));

        public bool IsTurnedAway { get; private set; }

        public bool IsVerified { get; private set; }

        public async Task ActAsync(int second)
        {
            if (second == _start || (_asksTwice && second == _start + ResendAfter && !IsVerified))
            {
                var outcome = await service.SendAsync(_target);
                IsTurnedAway |= outcome.Status == SendStatus.PrefixBlocked;
                _code = outcome.Code;
            }
            else if (second == _start + (_asksTwice ? ResendAfter : 0) + _typesAfter && _types && _code is not null)
            {
                IsVerified = (await service.VerifyAsync(_target, _code)).Status == VerifyStatus.Verified;
            }
        }
    }
}
