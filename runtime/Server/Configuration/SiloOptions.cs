namespace Orleans.Configuration;

/// <summary>What a silo is called; <c>Orleans:Name</c>.</summary>
public class SiloOptions
{
    /// <summary>Made up at start if none is given.</summary>
    public string SiloName { get; set; } = "";
}
