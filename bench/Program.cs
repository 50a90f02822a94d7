using Otp.Bench;
using Otp.Bench.Comparison;

const string Help =
    $"""
    dotnet run -c Release --project bench [-- command]
      (none)                  the pure decisions and the statistics, in this process
    {ComparisonOptions.Help}
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
        return await CompareAsync(words);
    case ["--help" or "-h" or "help"]:
        await Console.Out.WriteLineAsync(Help);
        return 0;
    default:
        await Console.Error.WriteLineAsync(Help);
        return 1;
}

static async Task<int> CompareAsync(string[] words)
{
    ComparisonOptions options;
    try
    {
        options = ComparisonOptions.Parse(words);
    }
    catch (FormatException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        await Console.Error.WriteLineAsync(Help);
        return 1;
    }

    await ComparisonRun.RunAsync(options, Console.Out);
    return 0;
}
