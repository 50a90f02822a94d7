using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Otp.Architecture;

/// <summary>What a compiled assembly names of other assemblies, read from its metadata.</summary>
internal sealed class AssemblyReferences
{
    private readonly List<TypeUse> _types = [];
    private readonly List<MemberUse> _members = [];

    private AssemblyReferences(MetadataReader reader)
    {
        Assemblies = [.. reader.AssemblyReferences.Select(h => reader.GetString(reader.GetAssemblyReference(h).Name))];

        foreach (var handle in reader.TypeReferences)
        {
            _types.Add(Describe(reader, handle));
        }

        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind is HandleKind.TypeReference)
            {
                _members.Add(new(Describe(reader, (TypeReferenceHandle)member.Parent), reader.GetString(member.Name)));
            }
        }
    }

    public IReadOnlyList<string> Assemblies { get; }

    public IReadOnlyList<TypeUse> Types => _types;

    public IReadOnlyList<MemberUse> Members => _members;

    /// <summary>Reads the assembly of that name from the tests' output folder.</summary>
    public static AssemblyReferences Of(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        return new(image.GetMetadataReader());
    }

    private static TypeUse Describe(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind is HandleKind.TypeReference)
        {
            var outer = Describe(reader, (TypeReferenceHandle)type.ResolutionScope);
            return new(outer.Assembly, outer.FullName + "." + name);
        }

        var scope = type.ResolutionScope.Kind is HandleKind.AssemblyReference
            ? reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : string.Empty;
        var space = reader.GetString(type.Namespace);
        return new(scope, space.Length == 0 ? name : space + "." + name);
    }

    internal sealed record TypeUse(string Assembly, string FullName);

    internal sealed record MemberUse(TypeUse Type, string Name);
}
