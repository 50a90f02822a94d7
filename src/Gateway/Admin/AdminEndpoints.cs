using Otp.Gateway.OpenApi;

namespace Otp.Gateway.Admin;

/// <summary>The calls of operators: members, what is remembered of a target, events that wait, blocked prefixes. Each is audited.</summary>
internal static class AdminEndpoints
{
    public const string Root = "/admin";

    public static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddSingleton<MemberEndpoints>()
        .AddSingleton<TargetEndpoints>()
        .AddSingleton<EventEndpoints>()
        .AddSingleton<PrefixEndpoints>();

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var members = routes.ServiceProvider.GetRequiredService<MemberEndpoints>();
        var targets = routes.ServiceProvider.GetRequiredService<TargetEndpoints>();
        var events = routes.ServiceProvider.GetRequiredService<EventEndpoints>();
        var prefixes = routes.ServiceProvider.GetRequiredService<PrefixEndpoints>();

        var admin = routes.MapGroup(Root).RequireAuthorization(BearerAuthentication.AdminPolicy);
        admin.MapPut("/members/{relationReference}", members.PutAsync).WithMetadata(new AuditedAct("put member", IsOperators: true), AdminCalls.PutMember);
        admin.MapGet("/members/{relationReference}", members.GetAsync).WithMetadata(new AuditedAct("get member", IsOperators: true), AdminCalls.GetMember);
        admin.MapDelete("/members/{relationReference}", members.DeleteAsync).WithMetadata(new AuditedAct("delete member", IsOperators: true), AdminCalls.DeleteMember);
        admin.MapPost("/targets/inspect", targets.InspectAsync).WithMetadata(new AuditedAct("inspect target", IsOperators: true), AdminCalls.InspectTarget);
        admin.MapPost("/targets/unlock", targets.UnlockAsync).WithMetadata(new AuditedAct("unlock target", IsOperators: true), AdminCalls.UnlockTarget);
        admin.MapPost("/targets/erase", targets.EraseAsync).WithMetadata(new AuditedAct("erase target", IsOperators: true), AdminCalls.EraseTarget);
        admin.MapGet("/events", events.ListAsync).WithMetadata(new AuditedAct("list events", IsOperators: true), AdminCalls.ListEvents);
        admin.MapPost("/events/replay", events.ReplayAsync).WithMetadata(new AuditedAct("replay events", IsOperators: true), AdminCalls.ReplayEvents);
        admin.MapGet("/prefixes", prefixes.ListAsync).WithMetadata(new AuditedAct("list blocked prefixes", IsOperators: true), AdminCalls.ListPrefixes);
        admin.MapGet("/prefixes/{prefix}", prefixes.GetAsync).WithMetadata(new AuditedAct("get prefix", IsOperators: true), AdminCalls.GetPrefix);
        admin.MapDelete("/prefixes/{prefix}", prefixes.DeleteAsync).WithMetadata(new AuditedAct("unblock prefix", IsOperators: true), AdminCalls.UnblockPrefix);
    }
}
