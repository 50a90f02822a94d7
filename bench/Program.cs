using Orleans.Otp.Bench;

await Console.Out.WriteLineAsync(Machine.Describe());
await EngineMeasurements.RunAsync(Console.Out);
await DecisionMeasurements.RunAsync(Console.Out);
