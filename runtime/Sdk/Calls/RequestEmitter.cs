using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Runtime;

/// <summary>Emits the request class of one method.</summary>
internal sealed class RequestEmitter
{
    private const MethodAttributes Override = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;

    private readonly TypeBuilder _type;
    private readonly FieldBuilder _descriptor;
    private readonly Type _interface;

    internal RequestEmitter(ModuleBuilder module, Type grainInterface, MethodInfo method, int index)
    {
        Method = method;
        _interface = grainInterface;
        var (requestBase, call) = BaseOf(method);
        CallMethod = call;
        _type = module.DefineType($"{grainInterface.FullName}.{method.Name}.{index}", TypeAttributes.Public | TypeAttributes.Sealed, requestBase);
        _descriptor = _type.DefineField("Descriptor", typeof(GrainMethod), FieldAttributes.Public | FieldAttributes.Static);
        Constructor = _type.DefineDefaultConstructor(MethodAttributes.Public);
        Arguments = [.. method.GetParameters().Select((parameter, i) => _type.DefineField($"Argument{i}", parameter.ParameterType, FieldAttributes.Public))];
        EmitDescriptor();
        EmitCancellationToken();
        EmitGetArgument();
        EmitSetArgument();
        EmitInvoke();
    }

    internal MethodInfo Method { get; }

    internal ConstructorBuilder Constructor { get; }

    internal FieldBuilder[] Arguments { get; }

    /// <summary>The method of <see cref="GrainReference"/> that sends such a request.</summary>
    internal MethodInfo CallMethod { get; }

    /// <summary>Completes the class.</summary>
    internal RequestType Finish()
    {
        var timeout = Method.GetCustomAttribute<ResponseTimeoutAttribute>() ?? _interface.GetCustomAttribute<ResponseTimeoutAttribute>();
        var descriptor = new GrainMethod(
            _interface,
            Method.Name,
            WireNames.Of(_interface),
            WireNames.Of(Method),
            [.. Arguments.Select(static field => field.FieldType)],
            timeout?.Timeout);
        var type = _type.CreateType();
        type.GetField(_descriptor.Name)!.SetValue(obj: null, descriptor);
        return new(descriptor, Expression.Lambda<Func<GrainRequest>>(Expression.New(type)).Compile());
    }

    private static (Type RequestBase, MethodInfo Call) BaseOf(MethodInfo method)
    {
        var parameters = method.GetParameters();
        if (method.IsGenericMethodDefinition || method.IsSpecialName || parameters.Any(static parameter => parameter.ParameterType.IsByRef))
        {
            throw new ArgumentException($"{method.DeclaringType}.{method.Name} cannot be called on a grain: it is generic, a property or an event, or takes an argument by reference.", nameof(method));
        }

        var type = method.ReturnType;
        var name = type == typeof(Task) || IsGeneric(type, typeof(Task<>)) ? nameof(GrainReference.Call)
            : type == typeof(ValueTask) || IsGeneric(type, typeof(ValueTask<>)) ? nameof(GrainReference.CallValue)
            : throw new ArgumentException($"{method.DeclaringType}.{method.Name} cannot be called on a grain: it returns neither a Task nor a ValueTask.", nameof(method));
        var call = typeof(GrainReference).GetMethods(BindingFlags.NonPublic | BindingFlags.Instance)
            .Single(candidate => candidate.Name == name && candidate.IsGenericMethodDefinition == type.IsGenericType);
        return type.IsGenericType
            ? (typeof(ValueRequest<>).MakeGenericType(type.GetGenericArguments()), call.MakeGenericMethod(type.GetGenericArguments()))
            : (typeof(VoidRequest), call);
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private ILGenerator DefineOverride(string name, Type returnType, params Type[] parameters) =>
        _type.DefineMethod(name, Override, returnType, parameters).GetILGenerator();

    private void EmitDescriptor()
    {
        var il = DefineOverride("get_Method", typeof(GrainMethod));
        il.Emit(OpCodes.Ldsfld, _descriptor);
        il.Emit(OpCodes.Ret);
    }

    private void EmitCancellationToken()
    {
        if (Arguments is [.., { } last] && last.FieldType == typeof(CancellationToken))
        {
            var il = DefineOverride("get_CancellationToken", typeof(CancellationToken));
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, last);
            il.Emit(OpCodes.Ret);
        }
    }

    private void EmitGetArgument()
    {
        var il = DefineOverride(nameof(GrainRequest.GetArgument), typeof(object), typeof(int));
        EmitSwitch(il, field =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
            il.Emit(OpCodes.Box, field.FieldType);
            il.Emit(OpCodes.Ret);
        });
    }

    private void EmitSetArgument()
    {
        var il = DefineOverride(nameof(GrainRequest.SetArgument), typeof(void), typeof(int), typeof(object));
        EmitSwitch(il, field =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Unbox_Any, field.FieldType);
            il.Emit(OpCodes.Stfld, field);
            il.Emit(OpCodes.Ret);
        });
    }

    private void EmitSwitch(ILGenerator il, Action<FieldInfo> emitCase)
    {
        var labels = Arguments.Select(_ => il.DefineLabel()).ToArray();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, labels);
        il.Emit(OpCodes.Newobj, typeof(ArgumentOutOfRangeException).GetConstructor([])!);
        il.Emit(OpCodes.Throw);
        for (var i = 0; i < labels.Length; i++)
        {
            il.MarkLabel(labels[i]);
            emitCase(Arguments[i]);
        }
    }

    private void EmitInvoke()
    {
        var il = DefineOverride(nameof(GrainRequest.Invoke), typeof(Task), typeof(object));
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, Method.DeclaringType!);
        foreach (var field in Arguments)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, Method);
        if (Method.ReturnType.IsValueType)
        {
            var result = il.DeclareLocal(Method.ReturnType);
            il.Emit(OpCodes.Stloc, result);
            il.Emit(OpCodes.Ldloca, result);
            il.Emit(OpCodes.Call, Method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }

        il.Emit(OpCodes.Ret);
    }
}
