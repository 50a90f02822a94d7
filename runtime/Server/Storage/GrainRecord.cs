namespace Orleans.Storage;

/// <summary>A record that each grain of a class has.</summary>
internal sealed record GrainRecord(string StateName, string StorageName, IGrainStorage Storage);
