namespace Otp.Redis.Storage;

public interface INoteGrain : IGrainWithStringKey
{
    Task<string> Read();

    Task Write(string text);

    Task Forget();
}
