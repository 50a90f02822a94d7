using Orleans.Otp.Hosting;
using Orleans.Otp.Silo;

return await ServiceProcess.RunAsync(() => SiloHost.Build(args), Console.Error);
