// Stalls are measured here: nothing else is to run beside.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
