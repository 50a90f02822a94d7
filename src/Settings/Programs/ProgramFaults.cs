using Otp.Targets;

namespace Otp.Programs;

/// <summary>What is wrong with one program.</summary>
internal static class ProgramFaults
{
    private const int LongestTestDays = 366;

    public static void Check(string id, ProgramOptions program, OtpOptions service, DateOnly today, FaultList faults)
    {
        var path = $"{OtpOptions.Section}:Programs:{id}";
        if (!FaultList.IsName(id))
        {
            faults.Add($"{path}: a program id is 1–32 ASCII letters, digits, '_' and '-'.");
        }

        if (program.DefaultRegion is { } region)
        {
            PolicyFaults.CheckRegion($"{path}:DefaultRegion", region, faults);
        }

        PolicyFaults.Check($"{path}:Policy", program.Policy, faults);
        PolicyFaults.Check($"{path}:Lockout", program.Lockout, faults);
        faults.CheckRate($"{path}:SendRate", program.SendRate);
        foreach (var (purpose, policy) in program.Purposes)
        {
            PolicyFaults.Check($"{path}:Purposes:{purpose}", policy, faults);
        }

        foreach (var (client, options) in program.Clients)
        {
            CheckClient($"{path}:Clients:{client}", options, faults);
            if (service.Programs.Any(p => string.CompareOrdinal(p.Key, id) < 0 && p.Value.Clients.ContainsKey(client)))
            {
                faults.Add($"{path}:Clients:{client}: the client id is used by another program too.");
            }
        }

        for (var i = 0; i < program.TestTargets.Count; i++)
        {
            CheckTestTarget($"{path}:TestTargets:{i}", program, i, service, today, faults);
        }
    }

    private static void CheckClient(string path, ClientOptions client, FaultList faults)
    {
        if (client.SecretHashes.Count == 0)
        {
            faults.Add($"{path}:SecretHashes:0 is missing: a hash made by the gateway's hash-secret command.");
        }

        for (var i = 0; i < client.SecretHashes.Count; i++)
        {
            if (!FaultList.IsBase64(client.SecretHashes[i], atLeast: 32))
            {
                faults.Add($"{path}:SecretHashes:{i} is not a hash made by the gateway's hash-secret command.");
            }
        }

        for (var i = 0; i < client.Roles.Count; i++)
        {
            if (client.Roles[i] is not (ClientRoles.Otp or ClientRoles.Admin))
            {
                faults.Add($"{path}:Roles:{i}: '{client.Roles[i]}' is not a role (otp, admin).");
            }
        }
    }

    // What is wrong is told, not the target: the message may be logged.
    private static void CheckTestTarget(string path, ProgramOptions program, int index, OtpOptions service, DateOnly today, FaultList faults)
    {
        var test = program.TestTargets[index];
        if (Read(program, test) is not { } target)
        {
            faults.Add($"{path}:Target is neither an e-mail address nor a phone number.");
        }
        else if (program.TestTargets.Take(index).Any(earlier => Read(program, earlier) == target))
        {
            faults.Add($"{path}:Target is listed twice.");
        }

        if (test.ExpiresOn is not { } last)
        {
            faults.Add($"{path}:ExpiresOn is missing: the last day on which the code is fixed, like 2026-12-31.");
        }
        else if (last > today.AddDays(LongestTestDays))
        {
            faults.Add($"{path}:ExpiresOn: {last:O} is more than a year ahead.");
        }

        if (test.Code.Length == 0 || test.Code.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            faults.Add($"{path}:Code is not digits.");
        }
        else
        {
            CheckLength($"{path}:Code", test.Code.Length, program, service, faults);
        }
    }

    private static void CheckLength(string key, int digits, ProgramOptions program, OtpOptions service, FaultList faults)
    {
        var policy = Policy.Default.With(service.Policy).With(program.Policy);
        var others = Enum.GetValues<Purpose>()
            .Where(p => (program.Purposes.TryGetValue(p, out var own) ? policy.With(own) : policy) is { AllowTestTargets: true } rules && rules.Length != digits)
            .ToList();
        if (others.Count > 0)
        {
            faults.Add($"{key} has {digits} digits, but codes for {string.Join(", ", others)} have another length, and AllowTestTargets is not false for them.");
        }
    }

    private static Target? Read(ProgramOptions program, TestTargetOptions test) =>
        TargetParser.TryParse(test.Target, program.DefaultRegion, out var target) ? target : null;
}
