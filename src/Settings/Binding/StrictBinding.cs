using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Otp.Settings;

/// <summary>Binds options so that a misspelt key or a value of a wrong kind is a fault, told with all the others.</summary>
public static class StrictBinding
{
    /// <summary>Binds a section to the options.</summary>
    /// <param name="builder">The options.</param>
    /// <param name="section">What is configured.</param>
    /// <param name="name">The section's full key, for messages.</param>
    /// <param name="elsewhere">Keys in the section that bind to other options.</param>
    public static OptionsBuilder<TOptions> BindStrictly<TOptions>(
        this OptionsBuilder<TOptions> builder, IConfiguration section, string name, params string[] elsewhere)
        where TOptions : class
    {
        builder.Configure(options =>
        {
            var shape = Compare();
            var sound = shape.Faults.Count == 0 ? section : new ConfigurationBuilder().AddInMemoryCollection(shape.Values).Build();
            sound.Bind(options);
        });
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new Validator<TOptions>(Compare));
        return builder;

        SettingShape Compare() => SettingShape.Compare(section, name, typeof(TOptions), elsewhere);
    }

    private sealed class Validator<TOptions>(Func<SettingShape> compare) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            compare().Faults is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
