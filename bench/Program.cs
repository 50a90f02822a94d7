using Otp.Bench;
using Otp.Bench.Comparison;
using Otp.Bench.LongRuns;

const string Help =
    $"""
    dotnet run -c Release --project bench [-- command]
      (none)                  the pure decisions and the statistics, in this process
    {ComparisonOptions.Help}
    {LongRunOptions.Help}
      --help                  this
    """;

switch (args)
{
    case []:
        await Console.Out.WriteLineAsync(Machine.Describe());
        await DecisionMeasurements.RunAsync(Console.Out);
        await StatisticsMeasurements.RunAsync(Console.Out);
        return 0;
    case ["compare", .. var words]:
        return await RunAsync(words, ComparisonOptions.Parse, ComparisonRun.RunAsync);
    case ["hold", .. var words]:
        return await RunAsync(words, LongRunOptions.Parse, LongRunPlans.HoldAsync);
    case ["grow", .. var words]:
        return await RunAsync(words, LongRunOptions.Parse, LongRunPlans.GrowAsync);
    case ["--help" or "-h" or "help"]:
        await Console.Out.WriteLineAsync(Help);
        return 0;
    default:
        await Console.Error.WriteLineAsync(Help);
        return 1;
}

static async Task<int> RunAsync<TOptions>(string[] words, Func<string[], TOptions> parse, Func<TOptions, TextWriter, Task> run)
{
    TOptions options;
    try
    {
        options = parse(words);
    }
    catch (FormatException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        await Console.Error.WriteLineAsync(Help);
        return 1;
    }

    await run(options, Console.Out);
    return 0;
}
