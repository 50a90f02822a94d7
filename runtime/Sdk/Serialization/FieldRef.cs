namespace Orleans.Serialization;

/// <summary>Finds a field in its object.</summary>
internal delegate ref TField FieldRef<T, TField>(ref T owner);
