using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Otp.Settings;

/// <summary>Binds and checks options so that all faults are reported together, misspelt keys and values of a wrong type among them.</summary>
public static class StrictBinding
{
    /// <summary>Binds a section to the options.</summary>
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
        return builder.Check((_, faults) => Compare().Faults.ForEach(faults.Add));

        SettingShape Compare() => SettingShape.Compare(section, name, typeof(TOptions), elsewhere);
    }

    /// <summary>Adds a check of the options; <paramref name="check"/> adds what it finds to the list.</summary>
    public static OptionsBuilder<TOptions> Check<TOptions>(this OptionsBuilder<TOptions> builder, Action<TOptions, FaultList> check)
        where TOptions : class
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new Validator<TOptions>(check));
        return builder;
    }

    public static OptionsBuilder<TOptions> Check<TOptions, TService>(
        this OptionsBuilder<TOptions> builder, Action<TOptions, TService, FaultList> check)
        where TOptions : class
        where TService : notnull
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(services => new Validator<TOptions>(
            (options, faults) => check(options, services.GetRequiredService<TService>(), faults)));
        return builder;
    }

    private sealed class Validator<TOptions>(Action<TOptions, FaultList> check) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = new FaultList();
            check(options, faults);
            return faults.ToResult();
        }
    }
}
