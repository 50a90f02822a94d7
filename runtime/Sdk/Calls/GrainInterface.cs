namespace Orleans.Runtime;

/// <summary>What all references through one interface to one grain type share.</summary>
internal sealed record GrainInterface(string Name, GrainType GrainType, IGrainCalls Calls);
