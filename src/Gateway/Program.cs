using Orleans.Otp.Gateway;
using Orleans.Otp.Gateway.Auth;
using Orleans.Otp.Hosting;

return args is [HashSecretCommand.Name]
    ? HashSecretCommand.Run(Console.In, Console.Out, Console.Error)
    : await ServiceProcess.RunAsync(() => GatewayHost.Build(args), Console.Error);
