using System.Collections.Immutable;
using System.Text;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Which grain types stand behind which interfaces, as the silos tell a client, which has no grain classes itself.</summary>
internal sealed class GrainManifest
{
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableHashSet<Entry> _entries = [];

    /// <summary>Completes when a silo has told.</summary>
    internal Task Known => _known.Task;

    /// <summary>Takes in what a silo tells; silos of different versions may know different grains.</summary>
    internal void Add(WireReader frame)
    {
        var told = new List<Entry>();
        while (frame.Left > 0)
        {
            told.Add(new(frame.ReadString(), frame.ReadString(), frame.ReadString()));
        }

        ImmutableInterlocked.Update(ref _entries, static (entries, told) => entries.Union(told), told);
        _known.TrySetResult();
    }

    /// <summary>Writes what a silo knows, as a frame.</summary>
    internal static byte[] ToFrame(IEnumerable<(Type Interface, Type Class, GrainType GrainType)> entries)
    {
        var writer = new WireWriter();
        var start = writer.BeginFrame();
        writer.WriteByte((byte)FrameKind.Manifest);
        foreach (var entry in entries)
        {
            writer.WriteBytes(WireNames.Of(entry.Interface));
            writer.WriteString(entry.Class.FullName!);
            writer.WriteString(entry.GrainType.ToString());
        }

        writer.EndFrame(start);
        return writer.Written.ToArray();
    }

    /// <summary>The one grain type behind an interface.</summary>
    /// <exception cref="SiloUnavailableException">No silo was reached yet.</exception>
    /// <exception cref="ArgumentException">No silo has a grain behind the interface, or there are several.</exception>
    internal GrainType Resolve(Type grainInterface, string? classNamePrefix)
    {
        if (!Known.IsCompleted)
        {
            throw new SiloUnavailableException("No silo of the cluster was reached yet.");
        }

        var name = Encoding.UTF8.GetString(WireNames.Of(grainInterface));
        var found = _entries
            .Where(entry => entry.Interface == name && (classNamePrefix is null || entry.Class.StartsWith(classNamePrefix, StringComparison.Ordinal)))
            .Select(static entry => entry.GrainType)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return found.Length == 1
            ? GrainType.Create(found[0])
            : throw new ArgumentException($"{found.Length} grain types of the cluster stand behind {grainInterface}; a reference needs exactly one.", nameof(grainInterface));
    }

    private sealed record Entry(string Interface, string Class, string GrainType);
}
