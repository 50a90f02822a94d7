using System.Security.Cryptography;

namespace Otp.Cluster.Processes;

/// <summary>
/// What all processes of one cluster are told, as environment variables: keys made for this cluster, delivery into the inbox, exposed codes,
/// and two programs: one with the service's own rules, and one with short spans, so that windows and codes end while the load runs. Both are
/// services of the Verify surface too, whose callers may bring codes of their own.
/// </summary>
internal static class ServiceSettings
{
    /// <summary>The client of the program with the service's own rules.</summary>
    public const string Client = "demo";

    /// <summary>The client of the program with short spans.</summary>
    public const string HastyClient = "hasty";

    /// <summary>The service of <see cref="Client"/>'s program.</summary>
    public const string Service = "VA00000000000000000000000000000019";

    /// <summary>The service of <see cref="HastyClient"/>'s program.</summary>
    public const string HastyService = "VA00000000000000000000000000000020";

    /// <summary>The account of both services.</summary>
    public const string Account = "AC00000000000000000000000000000019";

    /// <summary>The secret of both clients, and of the account.</summary>
    public const string ClientSecret = "demo-secret";

    public const int HastyLimit = 5;

    public static readonly TimeSpan HastyWindow = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan HastyLifetime = TimeSpan.FromSeconds(12);

    // Whether the runtime counts calls, to compile again what is called often.
    private const string CountCalls = "DOTNET_TC_CallCounting";

    /// <summary>For clusters whose callers' waits are measured: their processes warm up and optimise, as those of operators do.</summary>
    public static Dictionary<string, string> Measured => new(StringComparer.Ordinal)
    {
        ["Otp__WarmUp"] = "true",
        [CountCalls] = "1",
    };

    // Of ClientSecret, by the gateway's hash-secret command.
    private const string SecretHash = "AQAAAAIAAYagAAAAEFgWE9/HTqG7YzKnCglSHgXM1XJ142keYOEucsmcQ6RXbZKDzZIiMiS3fkG+CJeSRw==";

    public static Dictionary<string, string> Create() => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["Logging__LogLevel__Orleans"] = "Information",
        ["Logging__Console__FormatterName"] = "simple",
        ["Logging__Console__FormatterOptions__SingleLine"] = "true",
        ["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ",
        ["Otp__WarmUp"] = "false",
        [CountCalls] = "0",
        ["Otp__CodeKeys__0"] = NewKey(),
        ["Otp__IndexKey"] = NewKey(),
        ["Otp__Tokens__SigningKeys__0"] = NewKey(),
        ["Otp__Tokens__Lifetime"] = "1.00:00:00",
        ["Otp__Cluster__Secret"] = NewKey(),
        ["Otp__Limits__SendsPerAddress__Limit"] = "0",
        ["Otp__Limits__TokensPerAddress__Limit"] = "0",
        ["Otp__ExposeCodes"] = "true",
        ["Otp__Delivery__Email__0"] = "inbox",
        ["Otp__Delivery__Phone__0"] = "inbox",
        ["Otp__Programs__19__Name"] = "demo",
        ["Otp__Programs__19__Clients__demo__SecretHashes__0"] = SecretHash,
        ["Otp__Programs__19__Clients__demo__Roles__0"] = "otp",
        ["Otp__Programs__19__Clients__demo__Roles__1"] = "admin",
        ["Otp__Programs__19__Verify__ServiceSid"] = Service,
        ["Otp__Programs__19__Verify__AccountSid"] = Account,
        ["Otp__Programs__19__Verify__AuthTokenHashes__0"] = SecretHash,
        ["Otp__Programs__19__Verify__CustomCode"] = "true",
        ["Otp__Programs__20__Name"] = "hasty",
        ["Otp__Programs__20__Clients__hasty__SecretHashes__0"] = SecretHash,
        ["Otp__Programs__20__Clients__hasty__Roles__0"] = "otp",
        ["Otp__Programs__20__Verify__ServiceSid"] = HastyService,
        ["Otp__Programs__20__Verify__AccountSid"] = Account,
        ["Otp__Programs__20__Verify__AuthTokenHashes__0"] = SecretHash,
        ["Otp__Programs__20__Verify__CustomCode"] = "true",
        ["Otp__Programs__20__Policy__Lifetime"] = HastyLifetime.ToString("c"),
        ["Otp__Programs__20__Policy__Windows__0__Name"] = "span",
        ["Otp__Programs__20__Policy__Windows__0__Limit"] = $"{HastyLimit}",
        ["Otp__Programs__20__Policy__Windows__0__Period"] = HastyWindow.ToString("c"),
    };

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
