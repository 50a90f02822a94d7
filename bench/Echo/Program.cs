using System.Text.Json;
using Otp.Echo;

// The ceiling of the comparison: Kestrel reads a JSON body and writes it back, and nothing else.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();
app.MapPost("/v2/giftcards/customers/otp/send", static async context =>
{
    var body = await JsonSerializer.DeserializeAsync(context.Request.BodyReader, EchoJson.Default.EchoBody, context.RequestAborted);
    var json = JsonSerializer.SerializeToUtf8Bytes(body!, EchoJson.Default.EchoBody);
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = json.Length;
    await context.Response.BodyWriter.WriteAsync(json);
});
app.MapGet("/health/ready", static () => Results.Ok());
await app.RunAsync();
