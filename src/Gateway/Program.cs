using Otp.Gateway;
using Otp.Hosting;

return args is [HashSecretCommand.Name, .. var rest]
    ? HashSecretCommand.Run(rest, Console.IsInputRedirected ? Console.OpenStandardInput() : null, Console.In, Console.Out, Console.Error)
    : await ServiceProcess.RunAsync(() => GatewayHost.Build(args), Console.Error);
