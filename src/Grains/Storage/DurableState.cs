using Orleans.Runtime;

namespace Orleans.Otp.Storage;

/// <summary>Writes that may fail: the activation then goes, because nobody knows what is stored, and the next call reads it.</summary>
internal static class DurableState
{
    /// <summary>Makes a state the current one, durably.</summary>
    public static async Task WriteAsync<T>(this IPersistentState<T> stored, IGrainBase grain, T state)
    {
        try
        {
            stored.State = state;
            await stored.WriteStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Takes the record away, if there is one.</summary>
    public static async Task RemoveAsync<T>(this IPersistentState<T> stored, IGrainBase grain)
    {
        if (!stored.RecordExists)
        {
            return;
        }

        try
        {
            await stored.ClearStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
