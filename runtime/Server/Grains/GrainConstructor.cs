using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Creates grains of one class. Services come from the host's root provider: an activation has no scope of its own.</summary>
internal sealed class GrainConstructor
{
    private readonly Func<object?[], object> _create;
    private readonly Func<Activation, object?>[] _arguments;

    internal GrainConstructor(Type type, IServiceProvider services)
    {
        var constructor = type.GetConstructors() switch
        {
            [var only] => only,
            var several => several.SingleOrDefault(static candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new OrleansConfigurationException($"The grain class {type} needs exactly one public constructor."),
        };
        var parameters = constructor.GetParameters();
        _arguments = [.. parameters.Select(parameter => ArgumentOf(parameter, services))];
        var given = Expression.Parameter(typeof(object?[]));
        var converted = parameters.Select((parameter, i) =>
            Expression.Convert(Expression.ArrayIndex(given, Expression.Constant(i)), parameter.ParameterType));
        _create = Expression.Lambda<Func<object?[], object>>(Expression.New(constructor, converted), given).Compile();
    }

    internal object Create(Activation activation, out object?[] arguments)
    {
        arguments = _arguments.Length == 0 ? [] : new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _arguments[i](activation);
        }

        return _create(arguments);
    }

    private static Func<Activation, object?> ArgumentOf(ParameterInfo parameter, IServiceProvider services)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute)
        {
            return PersistentStates.FactoryOf(parameter, attribute, services);
        }

        if (type == typeof(IGrainContext))
        {
            return static activation => activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return _ => services.GetRequiredKeyedService(type, keyed.Key);
        }

        return parameter.HasDefaultValue
            ? _ => services.GetService(type) ?? parameter.DefaultValue
            : _ => services.GetRequiredService(type);
    }
}
