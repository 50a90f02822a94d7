using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>Emits the proxy class of a grain interface and the request classes of its methods.</summary>
/// <remarks>Each interface gets an assembly of its own, which may use the internal types that the interface names.</remarks>
internal static class ProxyEmitter
{
    private static readonly ConcurrentDictionary<Type, Lazy<ProxyType>> Proxies = new();

    private static readonly Type[] ProxyArguments = [typeof(GrainInterface), typeof(IdSpan)];

    private static readonly ConstructorInfo BaseConstructor =
        typeof(GrainReference).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, ProxyArguments)!;

    /// <summary>The proxy class of an interface.</summary>
    /// <exception cref="ArgumentException">The type is not a grain interface, or has a member that cannot be called remotely.</exception>
    internal static ProxyType ProxyOf(Type type) =>
        Proxies.GetOrAdd(type, static type => new(() => Emit(type))).Value;

    private static ProxyType Emit(Type type)
    {
        if (!type.IsInterface || type.ContainsGenericParameters || !typeof(IAddressable).IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type} is not a grain interface.", nameof(type));
        }

        var methods = type.GetInterfaces().Prepend(type).SelectMany(static parent => parent.GetMethods()).Where(static method => method.IsAbstract).ToArray();
        var module = DefineModule(type, methods);
        var proxy = module.DefineType($"{type.FullName}.Proxy", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [type]);
        EmitFactory(proxy, EmitConstructor(proxy));
        var requests = methods.Select((method, i) => new RequestEmitter(module, type, method, i)).ToArray();
        foreach (var request in requests)
        {
            EmitMethod(proxy, request);
        }

        var requestTypes = requests.Select(static request => request.Finish()).ToArray();
        return new(proxy.CreateType().GetMethod("Create")!.CreateDelegate<Func<GrainInterface, IdSpan, GrainReference>>(), requestTypes);
    }

    private static ModuleBuilder DefineModule(Type type, MethodInfo[] methods)
    {
        var name = new AssemblyName($"Orleans.StandIn.Proxies.{type.FullName}");
        var assembly = AssemblyBuilder.DefineDynamicAssembly(name, AssemblyBuilderAccess.Run);
        var attribute = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        var used = methods.SelectMany(static method => method.GetParameters().Select(static p => p.ParameterType).Append(method.ReturnType))
            .Append(type).Append(typeof(GrainReference)).SelectMany(Parts).Select(static part => part.Assembly.GetName().Name!);
        foreach (var assemblyName in used.Distinct(StringComparer.Ordinal))
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [assemblyName]));
        }

        return assembly.DefineDynamicModule("Proxies");
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        foreach (var part in type.GetGenericArguments().Concat(type.HasElementType ? [type.GetElementType()!] : []).SelectMany(Parts))
        {
            yield return part;
        }
    }

    private static ConstructorBuilder EmitConstructor(TypeBuilder proxy)
    {
        var constructor = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, ProxyArguments);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, BaseConstructor);
        il.Emit(OpCodes.Ret);
        return constructor;
    }

    private static void EmitFactory(TypeBuilder proxy, ConstructorBuilder constructor)
    {
        var il = proxy.DefineMethod("Create", MethodAttributes.Public | MethodAttributes.Static, typeof(GrainReference), ProxyArguments).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder proxy, RequestEmitter request)
    {
        var method = request.Method;
        var parameters = method.GetParameters().Select(static parameter => parameter.ParameterType).ToArray();
        var implementation = proxy.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            parameters);
        var il = implementation.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, request.Constructor);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, i + 1);
            il.Emit(OpCodes.Stfld, request.Arguments[i]);
        }

        il.Emit(OpCodes.Call, request.CallMethod);
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(implementation, method);
    }
}
