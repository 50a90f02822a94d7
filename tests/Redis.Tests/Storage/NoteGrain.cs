using Orleans.Runtime;

namespace Otp.Redis.Storage;

/// <summary>Keeps a note in Redis.</summary>
internal sealed class NoteGrain([PersistentState("state", "notes")] IPersistentState<Note> note) : Grain, INoteGrain
{
    public Task<string> Read() => Task.FromResult(note.State.Text);

    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
