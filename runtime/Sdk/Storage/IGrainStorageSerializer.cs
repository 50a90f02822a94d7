namespace Orleans.Storage;

/// <summary>Turns a grain's state into the bytes that are stored, and back.</summary>
public interface IGrainStorageSerializer
{
    BinaryData Serialize<T>(T input);

    T Deserialize<T>(BinaryData input);
}
