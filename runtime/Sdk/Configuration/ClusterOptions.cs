namespace Orleans.Configuration;

/// <summary>The names of the cluster and of the service it serves; bound to the section <c>Orleans</c>.</summary>
public class ClusterOptions
{
    /// <summary>Silos and clients of one cluster share it.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>Names what is stored; it outlives clusters.</summary>
    public string ServiceId { get; set; } = "default";
}
