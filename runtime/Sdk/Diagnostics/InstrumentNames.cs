namespace Orleans.Runtime;

/// <summary>The names that Microsoft Orleans gives to what is measured here too.</summary>
internal static class InstrumentNames
{
    internal const string CatalogActivations = "orleans-catalog-activations";
}
