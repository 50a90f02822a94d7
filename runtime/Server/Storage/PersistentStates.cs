using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes the records that grain constructors ask for.</summary>
internal static class PersistentStates
{
    /// <summary>A function that makes the record of an activation for one constructor parameter.</summary>
    /// <exception cref="OrleansConfigurationException">The parameter is of another type than <see cref="IPersistentState{TState}"/>.</exception>
    /// <exception cref="BadProviderConfigException">There is no storage of the name that the parameter gives.</exception>
    internal static Func<Activation, object> FactoryOf(ParameterInfo parameter, PersistentStateAttribute attribute, IServiceProvider services)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException(
                $"{parameter.Member.DeclaringType} has [PersistentState] on the parameter '{parameter.Name}', which is no IPersistentState<T>.");
        }

        var name = attribute.StorageName ?? StorageNames.Default;
        var storage = services.GetKeyedService<IGrainStorage>(name)
            ?? throw new BadProviderConfigException($"No storage provider named \"{name}\" found; {parameter.Member.DeclaringType} needs it.");
        return typeof(PersistentStates).GetMethod(nameof(Factory), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments())
            .CreateDelegate<Func<GrainRecord, Func<Activation, object>>>()(new GrainRecord(attribute.StateName, name, storage));
    }

    private static Func<Activation, object> Factory<TState>(GrainRecord record) => activation => new PersistentState<TState>(activation, record);
}
