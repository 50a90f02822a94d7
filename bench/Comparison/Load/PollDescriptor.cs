using System.Runtime.InteropServices;

namespace Otp.Bench.Comparison.Load;

/// <summary>One descriptor that poll(2) watches; the layout is POSIX'.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    private const short Readable = 1;
    private const int Interrupted = 4;

    private int _descriptor;
    private short _events;
    private short _returned;

    public readonly bool IsReady => _returned != 0;

    public static PollDescriptor Of(int descriptor) => new() { _descriptor = descriptor, _events = Readable };

    /// <summary>Watches it no more.</summary>
    public void Ignore() => _descriptor = -1;

    /// <summary>Waits until one of them can be read.</summary>
    /// <returns>False if none could within the time.</returns>
    public static bool Wait(PollDescriptor[] descriptors, TimeSpan limit)
    {
        int ready;
        do
        {
            ready = Poll(descriptors, (nuint)descriptors.Length, (int)limit.TotalMilliseconds);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return ready > 0;
    }

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] PollDescriptor[] descriptors, nuint count, int milliseconds);
}
