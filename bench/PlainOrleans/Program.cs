using Orleans.Configuration;
using Otp.Contract;
using Otp.PlainOrleans;
using StackExchange.Redis;

// The same contract as Orleans' documentation suggests it: grains with [PersistentState] on Redis, in the process that answers HTTP, and
// nothing set but where Redis is. So no record expires: the documentation advises against EntryExpiry outside of tests.
var builder = ContractHost.CreateBuilder(args);
var redis = builder.Configuration.GetConnectionString("redis")!;
builder.UseOrleans(silo => silo
    .UseRedisClustering(redis)
    .AddRedisGrainStorageAsDefault(storage => storage.ConfigurationOptions = ConfigurationOptions.Parse(redis)));
builder.Services.AddContract<PlainOrleansService>(builder.Configuration);

// The service's own grains are in a library that this process uses for other things; it hosts those of this design alone.
builder.Services.PostConfigure<GrainTypeOptions>(
    static grains => grains.Classes.RemoveWhere(static type => type.Assembly == typeof(Otp.Targets.TargetGrain).Assembly));

var app = builder.Build();
app.MapContract();
await app.RunAsync();
