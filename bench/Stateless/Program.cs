using Otp.Contract;
using Otp.Stateless;
using StackExchange.Redis;

// The design that the service is measured against: the same contract, no state in the process, every decision a Lua script in Redis.
var builder = ContractHost.CreateBuilder(args);
await using var redis = await ConnectionMultiplexer.ConnectAsync(
    builder.Configuration.GetConnectionString("redis")!, static options => options.SocketManager = SocketManager.ThreadPool);
foreach (var script in (PreparedScript[])[TargetScripts.Send, TargetScripts.Verify, CustomerStore.Admit])
{
    await script.LoadAsync(redis);
}

builder.Services
    .AddContract<StatelessService>(builder.Configuration)
    .AddSingleton(redis.GetDatabase())
    .AddSingleton<CodeDigest>()
    .AddSingleton<TargetStore>()
    .AddSingleton<CustomerStore>();

var app = builder.Build();
app.MapContract();
await app.RunAsync();
