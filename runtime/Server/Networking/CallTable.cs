using System.Text;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>What other processes may call on this silo, by the names that travel.</summary>
internal sealed class CallTable
{
    private readonly Utf8Table<GrainType> _grainTypes = new();
    private readonly Utf8Table<Lazy<Utf8Table<RequestType>>> _interfaces = new();

    internal CallTable(GrainTypeMap types)
    {
        var grains = types.All().SelectMany(static grain => InterfacesOf(grain.Class).Select(type => (Interface: type, grain.Class, grain.GrainType))).ToArray();
        foreach (var (grainInterface, _, grainType) in grains)
        {
            _grainTypes.TryAdd(grainType.Value.Value.ToArray(), grainType);
            _interfaces.TryAdd(WireNames.Of(grainInterface), new(() => MethodsOf(grainInterface)));
        }

        Manifest = GrainManifest.ToFrame(grains);
    }

    /// <summary>The frame that tells a client which grains there are.</summary>
    internal byte[] Manifest { get; }

    /// <summary>Reads the grain that a call is for, and the call itself.</summary>
    /// <exception cref="MalformedMessageException">There is no such grain type or method here, or the arguments are not its.</exception>
    internal (GrainId Target, GrainRequest Request) Read(WireReader frame)
    {
        var typeName = frame.ReadBytes();
        var key = new IdSpan(frame.ReadBytes().ToArray());
        if (!_grainTypes.TryGet(typeName, out var grainType))
        {
            throw new MalformedMessageException($"This silo has no grain type '{Encoding.UTF8.GetString(typeName)}'.");
        }

        var interfaceName = frame.ReadBytes();
        var methodName = frame.ReadBytes();
        if (!_interfaces.TryGet(interfaceName, out var methods) || !methods.Value.TryGet(methodName, out var type))
        {
            throw new MalformedMessageException($"This silo has no method {Encoding.UTF8.GetString(interfaceName)}.{Encoding.UTF8.GetString(methodName)}.");
        }

        var request = type.Create();
        Messages.ReadArguments(frame, request);
        return (new(grainType, key), request);
    }

    private static IEnumerable<Type> InterfacesOf(Type grainClass) =>
        grainClass.GetInterfaces().Where(static type =>
            type.IsAssignableTo(typeof(IGrain)) && !type.ContainsGenericParameters && type.Assembly != typeof(IGrain).Assembly);

    private static Utf8Table<RequestType> MethodsOf(Type grainInterface)
    {
        var methods = new Utf8Table<RequestType>();
        foreach (var request in ProxyEmitter.ProxyOf(grainInterface).Requests)
        {
            if (!methods.TryAdd(request.Method.WireName, request))
            {
                throw new NotSupportedException($"{grainInterface} has several methods {request.Method.Name}; give each an [Alias] of its own.");
            }
        }

        return methods;
    }
}
