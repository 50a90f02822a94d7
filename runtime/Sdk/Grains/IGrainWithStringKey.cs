namespace Orleans;

/// <summary>Base of grain interfaces whose grains are named by a string.</summary>
public interface IGrainWithStringKey : IGrain;
