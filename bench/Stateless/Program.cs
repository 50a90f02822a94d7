using System.Text;
using Otp;
using Otp.Customers;
using Otp.Delivery;
using Otp.Programs;
using Otp.Stateless;
using Otp.Targets;
using Orleans.Redis;

// The design that the service is measured against: the same contract, no state in the process, every decision a Lua script in Redis.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
    kestrel.Limits.MaxRequestBodySize = 16 * 1024;
});
builder.Services
    .AddOtp(builder.Configuration.GetSection(OtpOptions.Section), embedded: false)
    .AddSingleton(services => new RedisClient(
        RedisOptions.Parse(builder.Configuration.GetConnectionString("redis")!),
        TimeProvider.System,
        services.GetRequiredService<ILogger<RedisClient>>()))
    .AddSingleton<OneTimeCodes>()
    .AddSingleton<Seal>()
    .AddSingleton<CodeDigest>()
    .AddSingleton<TargetStore>()
    .AddSingleton<CustomerStore>()
    .AddSingleton<TemplateCompiler>()
    .AddSingleton<MessageTemplates>()
    .AddSingleton<MessageComposer>()
    .AddSingleton<Inbox>()
    .AddSingleton<SendEndpoint>()
    .AddSingleton<VerifyEndpoint>()
    .AddSingleton<MemberVerifyEndpoint>()
    .AddBearerAuthentication();

var app = builder.Build();
app.UseMiddleware<RequestMiddleware>();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
var calls = app.MapGroup("/v2/giftcards/customers/otp").RequireAuthorization(ClientRoles.Otp);
calls.MapPost("/send", app.Services.GetRequiredService<SendEndpoint>().HandleAsync);
calls.MapPost("/verify", app.Services.GetRequiredService<VerifyEndpoint>().HandleAsync);
app.MapPost("/lbms-ingress/member/api/Member/VerifyOTP", app.Services.GetRequiredService<MemberVerifyEndpoint>().HandleAsync)
    .RequireAuthorization(ClientRoles.Otp);
app.MapGet("/health/ready", static () => Results.Ok());
await app.Services.GetRequiredService<RedisClient>().ConnectAsync();
await app.RunAsync();
