using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Otp.Cluster.Overload;

/// <summary>
/// Which of many sockets can be read, by epoll(7): unlike with poll(2), a wait costs what is ready, not what is watched, so that thousands of
/// connections do not take the processor from what they load.
/// </summary>
internal sealed class EventPoll : IDisposable
{
    /// <summary>How many one wait tells of at most; those left are told of by the next.</summary>
    public const int MostAtOnce = 256;

    private const int AddToSet = 1;
    private const uint Readable = 1;
    private const int Interrupted = 4;

    // struct epoll_event: the events in 32 bits, then 64 of the caller's; without a gap between them on x86 alone.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private static readonly int EventSize = DataOffset + sizeof(ulong);

    private readonly SafeFileHandle _set;
    private readonly byte[] _events = new byte[MostAtOnce * EventSize];

    public EventPoll()
    {
        _set = new SafeFileHandle(Create(0), ownsHandle: true);
        if (_set.IsInvalid)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Watches a descriptor until it is closed.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="number">What <see cref="Wait"/> names it by.</param>
    public void Add(int descriptor, int number)
    {
        Span<byte> added = stackalloc byte[EventSize];
        MemoryMarshal.Write(added, Readable);
        MemoryMarshal.Write(added[DataOffset..], (ulong)number);
        if (Control(_set, AddToSet, descriptor, ref MemoryMarshal.GetReference(added)) != 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Waits until one of them can be read.</summary>
    /// <param name="ready">Takes the numbers of those that can, up to <see cref="MostAtOnce"/>.</param>
    /// <param name="limit">How long to wait at most.</param>
    /// <returns>How many were put into <paramref name="ready"/>.</returns>
    public int Wait(Span<int> ready, TimeSpan limit)
    {
        int count;
        do
        {
            count = WaitFor(_set, ref _events[0], Math.Min(ready.Length, MostAtOnce), (int)limit.TotalMilliseconds);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        if (count < 0)
        {
            throw new Win32Exception();
        }

        for (var i = 0; i < count; i++)
        {
            ready[i] = (int)MemoryMarshal.Read<ulong>(_events.AsSpan((i * EventSize) + DataOffset));
        }

        return count;
    }

    public void Dispose() => _set.Dispose();

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Create(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SafeFileHandle set, int operation, int descriptor, ref byte added);

    [DllImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitFor(SafeFileHandle set, ref byte events, int most, int milliseconds);
}
