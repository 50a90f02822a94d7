namespace Orleans.Placement;

/// <summary>Base of the attributes that say where, and how often, a grain class is activated.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
