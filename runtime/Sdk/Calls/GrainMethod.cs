namespace Orleans.Runtime;

/// <summary>A method of a grain interface.</summary>
internal sealed record GrainMethod(string InterfaceName, string Name, Type[] Arguments, TimeSpan? ResponseTimeout);
