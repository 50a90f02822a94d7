namespace Otp.Programs;

/// <summary>The messages for one purpose, by locale (BCP 47, <c>pt-BR</c> or <c>pt_BR</c>) or <see cref="Default"/>.</summary>
public sealed class PurposeTemplates
{
    /// <summary>The key that stands for every purpose, or every locale, without a key of its own.</summary>
    public const string Default = "default";

    public Dictionary<string, TemplateOptions> Email { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, TemplateOptions> Phone { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
