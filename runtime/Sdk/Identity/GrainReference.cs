namespace Orleans.Runtime;

/// <summary>Base of the proxies: the name of a grain and the way to it.</summary>
#pragma warning disable MA0053 // Proxies derive from it; they are emitted at run time.
public class GrainReference : IAddressable, IEquatable<GrainReference>
#pragma warning restore MA0053
{
    private readonly GrainInterface _interface;
    private readonly IdSpan _key;

    internal GrainReference(GrainInterface grainInterface, IdSpan key)
    {
        _interface = grainInterface;
        _key = key;
    }

    public GrainId GrainId => new(_interface.GrainType, _key);

    public string InterfaceName => _interface.Name;

    public bool Equals(GrainReference? other) =>
        other is not null && _key.Equals(other._key) && _interface.GrainType.Equals(other._interface.GrainType)
        && string.Equals(InterfaceName, other.InterfaceName, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}";

    internal Task Call(GrainRequest request) => _interface.Calls.Call(GrainId, request);

    internal Task<T> Call<T>(GrainRequest request) => (Task<T>)_interface.Calls.Call(GrainId, request);

    internal ValueTask CallValue(GrainRequest request) => new(Call(request));

    internal ValueTask<T> CallValue<T>(GrainRequest request) => new(Call<T>(request));
}
