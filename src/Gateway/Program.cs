using Orleans.Otp.Gateway;
using Orleans.Otp.Gateway.Auth;

return args is [HashSecretCommand.Name]
    ? HashSecretCommand.Run(Console.In, Console.Out, Console.Error)
    : await GatewayHost.RunAsync(args);
