namespace Otp.Fuzz;

/// <summary>The long run as a program: exit code 0 if the gateway bore every input, 1 if not, 2 for a wrong command line.</summary>
internal static class FuzzProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        FuzzOptions options;
        try
        {
            options = FuzzOptions.Parse(args);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        var report = await FuzzRun.RunAsync(options, Console.WriteLine, CancellationToken.None);
        Console.WriteLine(report);
        return report.IsGood ? 0 : 1;
    }
}
