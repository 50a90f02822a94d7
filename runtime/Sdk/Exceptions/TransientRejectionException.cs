namespace Orleans.Runtime;

/// <summary>This silo cannot take the call now, and nothing of it has run: it does not own the grain, or may not serve at present.</summary>
/// <remarks>
/// The answer of a gate, never of a grain: whoever sent the call looks for the owner again until the call's time is over, so a caller does
/// not see this unless its call had been let in before.
/// </remarks>
internal sealed class TransientRejectionException(string message) : OrleansMessageRejectionException(message);
