using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;
using Otp.Targets;

namespace Otp.Gateway.Tests.Http;

/// <summary>What nobody thought of goes wrong, and says whom it concerns.</summary>
public sealed class DefectTests
{
    [Fact]
    public async Task Defect_is_an_internal_error_that_tells_nothing()
    {
        var grains = new DefectiveGrains();
        await using var service = await LoyalifeService.StartAsync(configure: builder => builder.Services.AddSingleton<IOutgoingGrainCallFilter>(grains));
        var (_, email) = await service.NewMemberAsync();
        await service.Gateway.TokenAsync(LoyalifeService.Client);
        grains.Defect = email;

        var send = await service.Gateway.SendAsync(email, LoyalifeService.Client);
        var generate = await service.GenerateAsync(email);

        Answer[] answers = [send, generate];
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.InternalServerError, answer.Status));
        Assert.All(answers, answer => Assert.DoesNotContain(email, answer.Body, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("""{"detail":"Internal Server Error"}""", send.Body);
        Assert.Equal("997", generate.Json.GetProperty("results").GetProperty("ErrorCode").GetString());
        var lines = service.Gateway.Logs.Lines.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal) && !line.StartsWith("Trace", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(nameof(NotSupportedException), StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(email, StringComparison.OrdinalIgnoreCase));
    }

    private sealed class DefectiveGrains : IOutgoingGrainCallFilter
    {
        public string? Defect { get; set; }

        public Task Invoke(IOutgoingGrainCallContext context) =>
            Defect is null || context.InterfaceName != typeof(ITargetGrain).FullName ? context.Invoke() : throw new NotSupportedException(Defect);
    }
}
