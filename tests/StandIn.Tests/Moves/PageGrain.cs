namespace Orleans.StandIn.Moves;

public sealed class PageGrain(Book book, ILocalSiloDetails silo) : Grain, IPageGrain
{
    private int _lines;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _lines = book.Read(Key);
        return Task.CompletedTask;
    }

    public async Task<string> Add()
    {
        book.Begin(Key, _lines);
        await Task.Yield();
        _lines = book.End(Key, _lines);
        return silo.Name;
    }

    public async Task AddLater()
    {
        book.Begin(Key, _lines);
        await book.Turn.PassAsync();
        _lines = book.End(Key, _lines);
    }
}
