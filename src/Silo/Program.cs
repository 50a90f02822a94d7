using Otp.Hosting;
using Otp.Silo;

return await ServiceProcess.RunAsync(() => SiloHost.Build(args), Console.Error);
